package providertest

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/ecr/types"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/stretchr/testify/require"
)

const (
	ruleType     = "aws:ecr/pullThroughCacheRule:PullThroughCacheRule"
	providerType = "pulumi:providers:aws"
)

// putRecorded makes every rule of a recorded state, and gives them back by their Regions and prefixes.
func putRecorded(t *testing.T, local *localECR, recorded string) map[string]map[string]types.PullThroughCacheRule {
	t.Helper()
	content, err := os.ReadFile(recorded)
	require.NoError(t, err)
	var state struct{ Deployment apitype.DeploymentV3 }
	require.NoError(t, json.Unmarshal(content, &state))

	regions := map[string]string{}
	put := map[string]map[string]types.PullThroughCacheRule{}
	for _, resource := range state.Deployment.Resources {
		switch resource.Type {
		case providerType:
			regions[string(resource.URN)+"::"+string(resource.ID)] = *property(t, resource, "region")
		case ruleType:
			region := regions[resource.Provider]
			if own := property(t, resource, "region"); own != nil {
				region = *own
			}
			local.put(t, region, ecr.CreatePullThroughCacheRuleInput{
				EcrRepositoryPrefix:      property(t, resource, "ecrRepositoryPrefix"),
				UpstreamRegistryUrl:      property(t, resource, "upstreamRegistryUrl"),
				UpstreamRepositoryPrefix: property(t, resource, "upstreamRepositoryPrefix"),
				CredentialArn:            property(t, resource, "credentialArn"),
				CustomRoleArn:            property(t, resource, "customRoleArn"),
			})
			put[region] = local.rules(t, region)
		}
	}
	require.Len(t, put, 2, "the state has rules in two Regions")
	return put
}

// property is an input as text, secret or not, or nil.
func property(t *testing.T, resource apitype.ResourceV3, name string) *string {
	t.Helper()
	switch value := resource.Inputs[name].(type) {
	case nil:
		return nil
	case string:
		return &value
	case map[string]any:
		var secret string
		plaintext, _ := value["plaintext"].(string)
		require.NoError(t, json.NewDecoder(strings.NewReader(plaintext)).Decode(&secret))
		return &secret
	default:
		t.Fatalf("%s of %s is %v", name, resource.URN, value)
		return nil
	}
}
