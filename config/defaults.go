package config

import "time"

// helpURL is where policies and exemptions are explained, unless an
// organisation has pages of its own.
const helpURL = "https://github.com/trackwarden/trackwarden/blob/main/docs"

// defaults are what holds where the file says nothing.
func defaults() *Config {
	return &Config{
		Owner:    "trackwarden",
		HelpURL:  helpURL,
		Policies: Policies{Bundles: []string{"recommended"}},
		Labels:   Labels{Umbrella: "hygiene", Prefix: "hygiene:", Ignore: "trackwarden-ignore", Snooze: "trackwarden-snooze-", Ignored: TakeBack},
		Schedule: Schedule{Poll: Duration(time.Minute), Sets: Duration(10 * time.Minute), Report: "0 8 * * MON", Timezone: "UTC"},
		Store:    Store{Driver: "sqlite", Path: "trackwarden.db"},
		Server:   Server{Listen: "127.0.0.1:8080"},
	}
}

// settle fills in what lists leave out and tells secrets where to look.
func (c *Config) settle(env func(string) (string, bool)) {
	for i := range c.Connections {
		conn := &c.Connections[i]
		conn.Auth.Token.lookup, conn.Auth.Token.folder = env, c.folder()
		if conn.Webhook != nil {
			conn.Webhook.Secret.lookup, conn.Webhook.Secret.folder = env, c.folder()
		}
		conn.Write.defaults()
	}
	for i := range c.Policies.Remote {
		r := &c.Policies.Remote[i]
		if r.Token != nil {
			r.Token.lookup, r.Token.folder = env, c.folder()
		}
		if r.Poll == 0 {
			r.Poll = defaultRemotePoll
		}
	}
}

func (w *Write) defaults() {
	if w.Mode == "" {
		w.Mode = Observe
	}
	if w.Horizon == "" {
		w.Horizon = Planned
	}
	if w.Settle == nil {
		settle := defaultSettle()
		w.Settle = &settle
	}
	if w.Comment == nil {
		comment := defaultComment()
		w.Comment = &comment
	}
	w.bounds()
}

func (w *Write) bounds() {
	if w.Ramp == nil {
		on := Toggle(true)
		w.Ramp = &on
	}
	if w.Quarantine == 0 {
		w.Quarantine = Duration(2 * time.Minute)
	}
	if w.Budget == nil {
		budget := defaultBudget()
		w.Budget = &budget
	}
	if w.Brake == nil {
		brake := defaultBrake()
		w.Brake = &brake
	}
}
