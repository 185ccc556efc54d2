package openapi

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
)

// Breaches says where an exchange breaks the document, a sentence each; none
// when it follows it. A request that was refused may break it: that is what it
// was refused for.
func (d *Document) Breaches(e Exchange) []string {
	route, variables := d.route(e.Request.Method, e.Request.URL.EscapedPath())
	if route == nil {
		return []string{"the path is not in the document"}
	}
	request := e.Request.Clone(context.Background())
	request.Body = io.NopCloser(bytes.NewReader(e.Sent))
	request.ContentLength = int64(len(e.Sent))
	options := &openapi3filter.Options{
		MultiError: true, SkipSettingDefaults: true, IncludeResponseStatus: true,
		AuthenticationFunc: openapi3filter.NoopAuthenticationFunc,
	}
	asked := &openapi3filter.RequestValidationInput{
		Request: request, PathParams: variables, QueryParams: request.URL.Query(), Route: route, Options: options,
	}
	var all []string
	if e.Status < http.StatusBadRequest {
		all = d.sentences(openapi3filter.ValidateRequest(context.Background(), asked))
	}
	answered := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: asked, Status: e.Status, Header: e.Header,
		Body: io.NopCloser(bytes.NewReader(e.Answer)), Options: options,
	}
	if len(e.Answer) == 0 {
		answered.Options = &openapi3filter.Options{MultiError: true, IncludeResponseStatus: true, ExcludeResponseBody: true}
	}
	return append(all, d.sentences(openapi3filter.ValidateResponse(context.Background(), answered))...)
}

// sentences takes errors apart and leaves out what is excepted.
func (d *Document) sentences(err error) []string {
	var all []string
	for _, one := range flat(err) {
		if !d.excepted(one) {
			all = append(all, one)
		}
	}
	return all
}

func (d *Document) excepted(sentence string) bool {
	for _, e := range d.except {
		if strings.Contains(sentence, e.Breach) {
			return true
		}
	}
	return false
}

// flat is every single error with where it is: the answer or the request, and
// the place in its JSON.
func flat(err error) []string {
	var many openapi3.MultiError
	var wrong *openapi3.SchemaError
	var request *openapi3filter.RequestError
	var answer *openapi3filter.ResponseError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &request) && request.Err != nil && err == error(request):
		return prefixed(place(request), flat(request.Err))
	case errors.As(err, &answer) && answer.Err != nil && err == error(answer):
		return prefixed("answer", flat(answer.Err))
	case errors.As(err, &wrong) && err == error(wrong):
		if wrong.SchemaField == "nullable" && wrong.Schema.Type == nil {
			return nil // a schema without a type takes anything, null too
		}
		return []string{fmt.Sprintf("/%s: %s", strings.Join(wrong.JSONPointer(), "/"), wrong.Reason)}
	case errors.As(err, &many):
		var all []string
		for _, one := range many {
			all = append(all, flat(one)...)
		}
		return all
	}
	return []string{err.Error()}
}

func place(e *openapi3filter.RequestError) string {
	if e.Parameter != nil {
		return "request's " + e.Parameter.Name
	}
	return "request"
}

func prefixed(prefix string, sentences []string) []string {
	for i, s := range sentences {
		sentences[i] = prefix + " " + s
	}
	return sentences
}
