package report_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/report"
)

// browser opens a file in Debian's Chromium.
func browser(t *testing.T, path string) context.Context {
	t.Helper()
	const chromium = "/usr/bin/chromium"
	if _, err := os.Stat(chromium); err != nil {
		t.Skip("needs " + chromium)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.UserDataDir(t.TempDir()))
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	ctx, done := context.WithTimeout(ctx, 90*time.Second)
	t.Cleanup(done)
	ask(ctx, t, chromedp.Navigate("file://"+path))
	return ctx
}

// ask does one thing in the browser.
func ask[T any](ctx context.Context, t *testing.T, action chromedp.Action[T]) T {
	t.Helper()
	answer, err := chromedp.Run(ctx, action)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

func TestTheHTMLReportInABrowser(t *testing.T) {
	w := newWeek(t)
	a := item(1, backlog.Story)
	a.Title = "<img src=x onerror=document.title='owned'> " + strings.Repeat("unbroken", 40)
	w.read(backlog.Complete, a)
	w.judge(a, map[string]backlog.Verdict{"story/a": backlog.Fail})
	var html bytes.Buffer
	w.must(report.HTML(&html, w.build(settings())))
	path := filepath.Join(t.TempDir(), "report.html")
	w.must(os.WriteFile(path, html.Bytes(), 0o600))

	page := browser(t, path)
	for _, width := range []int64{1100, 390} { // a desk and a phone
		ask(page, t, chromedp.EmulateViewport(width, 800))
		const overflow = `document.documentElement.scrollWidth - document.documentElement.clientWidth`
		if pixels := ask(page, t, chromedp.Evaluate[int](overflow)); pixels > 0 {
			t.Errorf("%d pixels too wide for %d", pixels, width)
		}
	}
	if title := ask(page, t, chromedp.Title()); title != "Backlog hygiene · 2026-W48" {
		t.Errorf("title %q", title)
	}
	if link := ask(page, t, chromedp.Evaluate[string](`document.querySelector('a').href`)); link != "https://shop.example/browse/SHOP-1" {
		t.Errorf("link %q", link)
	}
	const foreign = `performance.getEntriesByType('resource').length + document.querySelectorAll('script,img').length`
	if n := ask(page, t, chromedp.Evaluate[int](foreign)); n != 0 {
		t.Errorf("%d things that are not text", n)
	}
	if pdf := ask(page, t, chromedp.PrintToPDF()); !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Error("the report does not print")
	}
}
