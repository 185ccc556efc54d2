package reliability

import (
	"database/sql"
	"fmt"
	"testing"

	"github.com/trackwarden/trackwarden/connectors/jira"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
)

// C12: a page and the position behind it are one. Whichever of the two cannot be
// written, the other is not there either; when both can, reading goes on where
// it stood. The database itself refuses, at every single statement of a page.
func TestC12APageAndItsPositionAreOne(t *testing.T) {
	for name, trigger := range map[string]string{
		"the position cannot be written":    `BEFORE UPDATE ON sweep WHEN NEW.position <> OLD.position`,
		"the third item cannot be written":  `BEFORE INSERT ON item WHEN (SELECT COUNT(*) FROM item) % 4 = 2`,
		"the mark cannot be written":        `BEFORE UPDATE ON site WHEN NEW.mark <> OLD.mark`,
		"a sweep's end cannot be written":   `BEFORE UPDATE ON sweep WHEN NEW.ended = 1`,
		"the round's end cannot be written": `BEFORE DELETE ON sweep`,
	} {
		t.Run(name, func(t *testing.T) {
			s := newJiraSite(t, jirasim.Settings{}, jira.Settings{PageSize: 4}, stories("SHOP", 12))
			s.blindly()
			raw, err := sql.Open("sqlite", s.path)
			must(t, err)
			defer raw.Close()
			_, err = raw.ExecContext(t.Context(), "CREATE TRIGGER refuse "+trigger+" BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
			must(t, err)
			for range 3 {
				if o := s.pass(); o.Err == nil {
					t.Error("the pass ended well")
				}
				var items, pages, ended int
				row := raw.QueryRowContext(t.Context(), `SELECT (SELECT COUNT(*) FROM item), COALESCE(SUM(CAST(position ->> 'pages' AS INTEGER)), 0), COALESCE(SUM(ended), 0) FROM sweep`)
				must(t, row.Scan(&items, &pages, &ended))
				if items != 4*pages || ended != 0 && pages != 3 {
					t.Errorf("%d items are stored, and the position is behind %d pages of 4, %d ended", items, pages, ended)
				}
			}
			_, err = raw.ExecContext(t.Context(), "DROP TRIGGER refuse")
			must(t, err)
			site := s.good().Site
			s.equals(site, s.ids(site))
			if n := len(s.mark(site)); n == 0 {
				t.Error(fmt.Sprint("there is no mark: ", s.mark(site)))
			}
		})
	}
}
