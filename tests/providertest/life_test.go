package providertest

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/pulumi/providertest/pulumitest/assertpreview"
	"github.com/pulumi/providertest/pulumitest/assertrefresh"
	"github.com/pulumi/providertest/pulumitest/assertup"
	"github.com/pulumi/providertest/pulumitest/changesummary"
	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRulesLiveAndDie(t *testing.T) {
	inEachWay(t, func(t *testing.T, way string) {
		local := startLocalECR(t)
		test := newTest(t, "testdata/life", way)
		configure(t, test, local)
		secret := auto.ConfigValue{Value: credential, Secret: true}
		require.NoError(t, test.CurrentStack().SetConfig(test.Context(), "life:credentialArn", secret))

		preview := changesummary.ChangeSummary(test.Preview(t).ChangeSummary)
		// The stack and two rules; the engine does not count the provider.
		assert.Equal(t, 3, preview[apitype.OpCreate])
		assert.Empty(t, local.rules(t, region), "a preview makes nothing")

		up := test.Up(t)
		assert.Equal(t, "123456789012", up.Outputs["registry"].Value)
		assert.Equal(t, auto.OutputValue{Value: credential, Secret: true}, up.Outputs["credential"])
		rules := local.rules(t, region)
		require.Len(t, rules, 2)
		assert.Equal(t, "quay.io", *rules["quay"].UpstreamRegistryUrl)
		assert.Equal(t, credential, aws.ToString(rules["hub"].CredentialArn))

		assertpreview.HasNoChanges(t, test.Preview(t))
		assertrefresh.HasNoChanges(t, test.Refresh(t))
		assertup.HasNoChanges(t, test.Up(t))

		destroyed := test.Destroy(t).Summary.ResourceChanges
		assert.Equal(t, map[string]int{"delete": 3}, *destroyed)
		assert.Empty(t, local.rules(t, region))
	})
}
