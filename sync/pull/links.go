package pull

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// So many items are asked for at once, a request each, and no further ones are
// after so long: nobody shall wait for all of them.
const (
	linksBatch = 40
	linksSpan  = 5 * time.Second
)

// Links reads the links that a tracker keeps apart from its items, of at most
// so many items for whose present revision they are not known. Where nothing
// changed nothing is asked. Without a linker the links that are known are
// dropped: nobody would see them change. A tracker that fails is asked again in
// the next pass, and answers is false: the error is about the store only.
func (p *Puller) Links(ctx context.Context, connection string, site backlog.SiteID, linker backlog.Linker, most int) (answers bool, err error) {
	if linker == nil {
		if err := p.Store.ForgetLinks(ctx, connection, site); err != nil {
			return true, fmt.Errorf("forget links: %w", err)
		}
		return true, nil
	}
	due, err := p.Store.LinksDue(ctx, site, most)
	if err != nil {
		return true, err
	}
	enough := p.Clock().Add(linksSpan)
	for piece := range slices.Chunk(due, linksBatch) {
		if p.Clock().After(enough) {
			break
		}
		told, failed := linker.RemoteLinks(ctx, idsOf(piece)...)
		if read := answered(piece, told); len(read) > 0 {
			if _, err := p.Store.CommitLinks(ctx, connection, site, read); err != nil {
				return true, fmt.Errorf("commit links: %w", err)
			}
		}
		if failed != nil {
			p.Log.Warn("read links to other trackers", "connection", connection, "error", failed)
			return false, nil
		}
	}
	return true, nil
}

func idsOf(due []backlog.LinksDue) []backlog.ItemID {
	ids := make([]backlog.ItemID, len(due))
	for i, d := range due {
		ids[i] = d.ID
	}
	return ids
}

// answered puts the answers to what was asked. What was not answered stays due.
func answered(due []backlog.LinksDue, told []backlog.RemoteLinks) []backlog.LinksRead {
	byID := make(map[backlog.ItemID]backlog.RemoteLinks, len(told))
	for _, links := range told {
		byID[links.ID] = links
	}
	var read []backlog.LinksRead
	for _, d := range due {
		if links, ok := byID[d.ID]; ok {
			read = append(read, backlog.LinksRead{LinksDue: d, Known: links.Known, Links: links.Links})
		}
	}
	return read
}
