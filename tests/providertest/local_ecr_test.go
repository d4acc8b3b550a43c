package providertest

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/ecr/types"
	"github.com/stretchr/testify/require"
)

const region = "us-east-1"

// localECR is a running local ECR, which ends with the test.
type localECR struct {
	url string
}

func startLocalECR(t *testing.T) *localECR {
	t.Helper()
	command := exec.Command(binary(t, "LOCAL_ECR_BINARY"))
	stdout, err := command.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, command.Start())
	t.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	})
	url, err := bufio.NewReader(stdout).ReadString('\n')
	require.NoError(t, err)
	return &localECR{url: strings.TrimSpace(url)}
}

// put makes a rule as somebody else would.
func (local *localECR) put(t *testing.T, region string, rule ecr.CreatePullThroughCacheRuleInput) {
	t.Helper()
	_, err := local.client(region).CreatePullThroughCacheRule(t.Context(), &rule)
	require.NoError(t, err)
}

// rules are those of a region, by their prefixes.
func (local *localECR) rules(t *testing.T, region string) map[string]types.PullThroughCacheRule {
	t.Helper()
	answer, err := local.client(region).DescribePullThroughCacheRules(t.Context(), nil)
	require.NoError(t, err)
	rules := map[string]types.PullThroughCacheRule{}
	for _, rule := range answer.PullThroughCacheRules {
		rules[*rule.EcrRepositoryPrefix] = rule
	}
	return rules
}

func (local *localECR) client(region string) *ecr.Client {
	return ecr.New(ecr.Options{
		BaseEndpoint: &local.url,
		Credentials:  credentials.NewStaticCredentialsProvider("local", "local-secret", ""),
		Region:       region,
	})
}

// binary is the path that a variable holds.
func binary(t *testing.T, variable string) string {
	t.Helper()
	path := os.Getenv(variable)
	require.NotEmpty(t, path, "%s has to name an executable; `cargo xtask test --only providertest` sets it", variable)
	return path
}
