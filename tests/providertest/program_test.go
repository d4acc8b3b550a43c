// Package providertest judges the plugin with Pulumi's own test framework for providers, which no one of this project wrote.
//
// The plugin and the local ECR are the built executables that PLUGIN_BINARY and LOCAL_ECR_BINARY name; pulumi is on the PATH.
package providertest

import (
	"path/filepath"
	"testing"

	"github.com/pulumi/providertest/pulumitest"
	"github.com/pulumi/providertest/pulumitest/opttest"
	"github.com/stretchr/testify/require"
)

const credential = "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/hub-AbCdEf"

// ways are those in which the framework hands a plugin to the engine.
var ways = map[string]func(*testing.T) opttest.Option{
	// Started by the framework, and attached by the engine.
	"attached": func(t *testing.T) opttest.Option {
		return opttest.AttachProviderBinary("aws", binary(t, "PLUGIN_BINARY"))
	},
	// Started by the engine, where the project's file says that it is.
	"named in the project": func(t *testing.T) opttest.Option {
		return opttest.LocalProviderPath("aws", filepath.Dir(binary(t, "PLUGIN_BINARY")))
	},
}

// newTest prepares the program of a folder, with the plugin given to the engine in one of the ways.
func newTest(t *testing.T, folder, way string, options ...opttest.Option) *pulumitest.PulumiTest {
	t.Helper()
	// `pulumi install` would look for the plugin on the internet.
	options = append(options, opttest.SkipInstall(), ways[way](t))
	test := pulumitest.NewPulumiTest(t, folder, options...)
	test.SetConfig(t, "aws:region", region)
	return test
}

// configure points the stack at a local ECR.
func configure(t *testing.T, test *pulumitest.PulumiTest, local *localECR) {
	t.Helper()
	test.SetConfig(t, "aws:accessKey", "local")
	test.SetConfig(t, "aws:secretKey", "local-secret")
	test.SetConfig(t, "aws:endpoints", `[{"ecr":"`+local.url+`","sts":"`+local.url+`"}]`)
}

// inEachWay runs a test once for every way in which a plugin reaches the engine.
func inEachWay(t *testing.T, test func(t *testing.T, way string)) {
	t.Helper()
	require.NotEmpty(t, ways)
	for way := range ways {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			test(t, way)
		})
	}
}
