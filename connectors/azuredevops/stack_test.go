package azuredevops

import (
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/connectors/rest"
)

// stack is the HTTP stack as the program builds it, only less patient.
func stack(t *testing.T, base string) *rest.Client {
	t.Helper()
	client, err := rest.New(rest.Settings{
		BaseURL: base, BasicPAT: true, Token: func() (string, error) { return "pat", nil },
		Rate: 10000, Burst: 1000, Timeout: 5 * time.Second, Retries: 2, MinBackoff: time.Millisecond, MaxWait: 2 * time.Second,
		ReadPOST: ReadPOST(), Verify: Verify,
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return client
}
