package providertest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/pulumi/providertest"
	"github.com/pulumi/providertest/optproviderupgrade"
	"github.com/pulumi/providertest/pulumitest"
	"github.com/pulumi/providertest/pulumitest/assertpreview"
	"github.com/pulumi/providertest/pulumitest/assertrefresh"
	"github.com/pulumi/providertest/pulumitest/assertup"
	"github.com/pulumi/providertest/pulumitest/optnewstack"
	"github.com/pulumi/providertest/pulumitest/optrun"
	"github.com/pulumi/providertest/pulumitest/opttest"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTakingOverFromPulumiAWS starts from states of pulumi-aws, which stand for what the framework would record with it.
func TestTakingOverFromPulumiAWS(t *testing.T) {
	for _, version := range []string{"6.77.0", "7.48.0"} {
		for way := range ways {
			t.Run(version+" "+way, func(t *testing.T) {
				folder, recorded := checkpoint(t, version)
				local := startLocalECR(t)
				before := putRecorded(t, local, recorded)
				// Not as configuration: the stack's providers say nothing but their Region, and are to stay as they are.
				t.Setenv("AWS_ENDPOINT_URL", local.url)
				t.Setenv("AWS_ACCESS_KEY_ID", "local")
				t.Setenv("AWS_SECRET_ACCESS_KEY", "local-secret")
				test := newTest(t, folder, way,
					opttest.StackName("dev"), opttest.NewStackOptions(optnewstack.DisableAutoDestroy()))

				recordings := optproviderupgrade.CacheDir(filepath.Dir(recorded))
				assertpreview.HasNoChanges(t, providertest.PreviewProviderUpgrade(t, test, "aws", version, recordings))

				test.Run(t, func(*pulumitest.PulumiTest) { t.Error("nothing was recorded") }, optrun.WithCache(recorded))
				assertrefresh.HasNoChanges(t, test.Refresh(t))
				assertup.HasNoChanges(t, test.Up(t))
				assertpreview.HasNoChanges(t, test.Preview(t))
				for region, rules := range before {
					assert.Equal(t, rules, local.rules(t, region), region)
				}
			})
		}
	}
}

// checkpoint lays a state and its program out as the framework wants them: the program's folder, and the state's file.
func checkpoint(t *testing.T, version string) (string, string) {
	t.Helper()
	folder := t.TempDir()
	program := filepath.Join(folder, "example", "Pulumi.yaml")
	recorded := filepath.Join(folder, "recorded", version, "stack.json")
	for _, file := range []struct{ from, to string }{{".yaml", program}, {".json", recorded}} {
		content, err := os.ReadFile(filepath.Join("..", "checkpoints", "pulumi-aws-"+version+file.from))
		require.NoError(t, err)
		require.NoError(t, os.MkdirAll(filepath.Dir(file.to), 0o755))
		require.NoError(t, os.WriteFile(file.to, content, 0o600))
	}
	return filepath.Dir(program), recorded
}
