package evaluate

import (
	"context"
	"encoding/json"
	"fmt"
)

// remembered loads what was worked out in an earlier run; false when it never
// was.
func remembered[T any](ctx context.Context, store Store, key string, value *T) (bool, error) {
	text, err := store.Setting(ctx, key)
	if err != nil || text == "" {
		return false, err
	}
	if err := json.Unmarshal([]byte(text), value); err != nil {
		return false, fmt.Errorf("read %s: %w", key, err)
	}
	return true, nil
}

// remember keeps what was worked out for the next run.
func remember[T any](ctx context.Context, store Store, key string, value T) error {
	encoded, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("write %s: %w", key, err)
	}
	return store.SetSetting(ctx, key, string(encoded))
}
