using System.Collections.Immutable;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Lint;

namespace Midwatch.Runbooks.Tests.Lint;

/// <summary>
/// Classes of false alarms that a reading of foreign runbooks found, each beside the mistake that it must not hide.
/// The texts are ours.
/// </summary>
public sealed class FalseAlarmTests
{
    private static readonly RunbookCompiler Compiler = new(EffectJudge.Default());
    private static readonly Linter Linter = new(new CodeCatalogue(), EffectJudge.Default());

    [Theory]
    [InlineData("MW1002", "git push (develop) → CI → dev", false)]
    [InlineData("MW1002", "cf add-network-policy A B --protocol (tcp | udp) --port RANGE", false)]
    [InlineData("MW1002", "openstack server create (...) --flavor x", false)]
    [InlineData("MW1002", "kubectl get pods -l app in (cart,basket)", true)]
    [InlineData("MW1002", "kubectl logs &lt;pod&gt; -n shop", true)]
    [InlineData("MW2022", "kubectl port-forward &lt;pod&gt; 8080:8080 -n shop", false)]
    [InlineData("MW2011", "kubectl create namespace trial\nkubectl run probe --image=busybox -n trial\n"
        + "kubectl delete namespace trial", false)]
    [InlineData("MW2011", "kubectl create namespace shop\nkubectl run probe --image=busybox -n shop", true)]
    [InlineData("MW2011", "kubectl run probe --image=busybox -n trial", true)]
    [InlineData("MW2014", "docker compose -f other.yml logs web", false)]
    [InlineData("MW2014", "docker compose -f other.yml logs -f web", true)]
    [InlineData("MW2014", "docker compose logs -f", true)]
    [InlineData("MW2014", "kubectl logs cart-0 -n shop -f", true)]
    [InlineData("MW2014", "top -bn1 | tee now.txt", false)]
    [InlineData("MW2014", "top -b", true)]
    [InlineData("MW2013", "while [ $(date +%s) -lt $END ]; do sleep 1; done", false)]
    [InlineData("MW2013", "while ! curl -fs https://shop.example/; do sleep 1; done", true)]
    [InlineData("MW2004", "kubectl --namespce shop", false)]
    [InlineData("MW2004", "kubectl get pods --namespce shop", true)]
    [InlineData("MW2004", "kubectl --dry-run=client apply -f cart.yaml", false)]
    [InlineData("MW2004", "kubectl cordon --all", true)]
    [InlineData("MW1002", "# in the fish shell\nrm -rf cart-(pwd)", false)]
    [InlineData("MW1002", "rm -rf cart-(pwd)", true)]
    [InlineData("MW2044", "# delete temporary claims\nkubectl delete pvc -l app=temp -n shop", false)]
    [InlineData("MW2044", "# temporarily delete the policy\nkubectl delete networkpolicy cart -n shop", true)]
    [InlineData("MW2010", "kubectl get pods -n a\nkubectl get pods -n a\nkubectl get pods -n a\noc delete job", false)]
    [InlineData("MW2010", "kubectl logs a -n kube-system\nkubectl logs b -n kube-system\n"
        + "kubectl logs c -n kube-system\nkubectl get pods", false)]
    [InlineData("MW4001", "true\n```\n\nSee [the search](#/) above.\n\n```bash\ntrue", false)]
    [InlineData("MW4001", "true\n```\n\nSee [the search](#search) above.\n\n```bash\ntrue", true)]
    [InlineData("MW2010", "kubectl get pods -n a\nkubectl get pods -n a\nkubectl get pods -n a\n"
        + "oc delete job --all", true)]
    [InlineData("MW2015", "kubectl exec -it cart-0 -n shop -- redis-cli --latency", false)]
    [InlineData("MW2015", "kubectl exec -it cart-0 -n shop -- ping basket", false)]
    [InlineData("MW2015", "kubectl exec -it cart-0 -n shop -- ping -c3 basket", true)]
    [InlineData("MW2023", "curl -s -o /dev/null https://shop.example/health", true)]
    [InlineData("MW2023", "curl -s -o /dev/null -w '%{time_total}' https://shop.example/health", true)]
    [InlineData("MW2023", "curl -s -o /dev/null -w @format.txt https://shop.example/health", false)]
    [InlineData("MW2026", "kubectl get svc cart -n shop\nkubectl exec -it cart-0 -n shop -- bash\n"
        + "curl http://cart:80/", false)]
    [InlineData("MW2026", "kubectl get svc cart -n shop\ncurl http://cart:80/", true)]
    [InlineData("MW2041", "kubectl get secret cart -n shop -o json | jq -r '.data | keys[]'", false)]
    [InlineData("MW2041", "kubectl get secret cart -n shop -o json | jq -r '.data'", true)]
    [InlineData("MW2041", "vault kv get secret/cart", false)]
    [InlineData("MW2041", "kubectl exec -n vault vault-0 -- vault kv get secret/cart", true)]
    [InlineData("MW2063", "acme.sh --issue -d shop.example", false)]
    [InlineData("MW2063", "az ad app federated-credential list --id 1", false)]
    [InlineData("MW2063", "consul kv get cart/leader", false)]
    [InlineData("MW2063", "consul kv get cart/password", true)]
    [InlineData("MW2063", "vault token capabilities secret/cart", false)]
    [InlineData("MW2063", "vault kv get secret/cart", true)]
    [InlineData("MW2063", "sops --decrypt --in-place cart.yaml", false)]
    [InlineData("MW2063", "gh auth status", false)]
    [InlineData("MW2063", "pg_dump --version", false)]
    [InlineData("MW2063", "aws secretsmanager rotate-secret --secret-id cart", false)]
    [InlineData("MW2063", "pg_dump -d shop -f /backup/shop.dump", false)]
    [InlineData("MW2042", "# clean up after the trial\nkubectl delete carts --all -n trial", false)]
    [InlineData("MW2042", "kubectl delete pods --all -n shop", true)]
    [InlineData("MW2045", "kubectl get hpa -n shop\nkubectl scale deploy/cart --replicas=0 -n shop\n"
        + "kubectl scale deploy/cart --replicas=3 -n shop", false)]
    [InlineData("MW2045", "kubectl get hpa -n shop\nkubectl scale deploy/cart --replicas=3 -n shop", true)]
    public void A_command_raises_a_code_only_where_it_is_the_mistake(string code, string commands, bool raised)
    {
        Assert.Equal(raised, Codes("cart.md", $"# Cart\n\n## Resolution\n\n```bash\n{commands}\n```\n").Contains(code));
    }

    [Theory]
    [InlineData("MW2042", "# Limpiar el ensayo\nkubectl delete pods --all -n trial", false)]
    [InlineData("MW2042", "# 清理资源\nkubectl delete pods --all -n trial", false)]
    [InlineData("MW2042", "# stop all trials\nkubectl delete chaosengines --all -n trial", false)]
    [InlineData("MW2042", "# alles neu\nkubectl delete pods --all -n shop", true)]
    [InlineData("MW2041", "kubectl get secret cart -n shop -o jsonpath='{.type}'", false)]
    [InlineData("MW2041", "kubectl get secret cart -n shop -o jsonpath='{.type}{\"\\n\"}'", false)]
    [InlineData("MW2041", "kubectl get secret cart -n shop -o jsonpath='{.type} {.data.password}'", true)]
    [InlineData("MW2041", "kubectl get secret cart -n shop -o jsonpath='{.metadata.annotations}'", true)]
    [InlineData("MW2006", "# NO USAR - deprecado\nkubectl apply -f cart.yaml --record", false)]
    [InlineData("MW2006", "kubectl get cs  # 已废弃", false)]
    [InlineData("MW2006", "# the state of the parts\nkubectl get cs", true)]
    [InlineData("MW2044", "# delete the policy temporarily\nkubectl delete networkpolicy cart -n shop\n"
        + "# mend it, then reinstall\nmake deploy", false)]
    [InlineData("MW2013", "$ kubectl rollout status deploy/cart -n shop\nWaiting for deployment cart rollout to finish",
        false)]
    [InlineData("MW2013", "$ kubectl rollout status deploy/cart -n shop\ndeployment successfully rolled out", true)]
    [InlineData("MW2014", "docker exec cart tail -f cart.log | head -20", false)]
    [InlineData("MW2014", "docker exec cart tail -f cart.log | sort", true)]
    [InlineData("MW2015", "kubectl run ask -it --rm --image=example/cql -n shop -- cqlsh db 9042", false)]
    [InlineData("MW2015", "kubectl run ask -it --rm --image=example/cql -n shop -- cqlsh db -e 'select 1'", true)]
    [InlineData("MW3004", "helm upgrade -i cart charts/cart -n shop", false)]
    [InlineData("MW3004", "helm upgrade cart charts/cart -n shop", true)]
    [InlineData("MW3004", "kubectl set image -f cart.yaml cart=cart:2 --local -o yaml", false)]
    [InlineData("MW3004", "kubectl set image deploy/cart cart=cart:2 -n shop", true)]
    [InlineData("MW2001", "systemctl restart logstash\ninput {\n  beats {\n    port => 5044\n  }\n}", false)]
    [InlineData("MW2001", "kubectl get pods\ntoken = event['Token']", false)]
    [InlineData("MW2001", "echo $(stdin) | base64", true)]
    [InlineData("MW2010", "kubectl get pods -n a\nkubectl get pods -n a\nkubectl get pods -n a\n"
        + "kubectl get pods --as=ann", false)]
    [InlineData("MW2010", "kubectl get pods -n a\nkubectl get pods -n a\nkubectl get pods -n a\n"
        + "kubectl get pods -o wide", true)]
    [InlineData("MW2014", "top -v", false)]
    [InlineData("MW2014", "top -H", true)]
    [InlineData("MW2015", "kubectl exec -it cart-0 -n shop -- tcpdump -i any port 80", false)]
    [InlineData("MW2041", "kubectl exec -n vault vault-0 -- vault read auth/kubernetes/role/cart", false)]
    [InlineData("MW2041", "kubectl exec -n vault vault-0 -- vault read database/creds/cart", true)]
    public void What_thirty_more_collections_raised_for_nothing_is_quiet(string code, string commands, bool raised)
    {
        Assert.Equal(raised, Codes("cart.md", $"# Cart\n\n## Resolution\n\n```bash\n{commands}\n```\n").Contains(code));
    }

    [Theory]
    [InlineData("MW1002", "kubectl logs cart-0 (PROBLEM)", false)]
    [InlineData("MW1002", "kubectl edit pv <the claim of the cart that hangs since step 1>", false)]
    [InlineData("MW1002", "kubectl logs cart-<12-char-prefix> -c app >(x", false)]
    [InlineData("MW1002", "git checkout -b mend/vX.Y.Z vX.Y.(Z-1)", false)]
    [InlineData("MW1002", "kubectl get NAME (NAME...)", false)]
    [InlineData("MW1002", "argocd app sync [NAME... | -l selector] (x) [flags]", false)]
    [InlineData("MW1002", "argocd app get ${{values.name}}", false)]
    [InlineData("MW1002", "docker ps        (hangs)", false)]
    [InlineData("MW1002", "velero restore create [--from|-f <day>] [--keep]", false)]
    [InlineData("MW1002", "curl http://cart/api (user: cart, pass: in the vault)", false)]
    [InlineData("MW1002", "[ ] The cart is well (say so)", false)]
    [InlineData("MW1002", "[ The shop (two carts) ]", false)]
    [InlineData("MW1002", "kubectl exec cart-0 -- cart_promote()", true)]
    [InlineData("MW1004", "kubectl get pods -A | cut -f1 -d\\ ; echo \"", false)]
    [InlineData("MW1004", "kubectl get pods \\ # all of them\n  -n shop", true)]
    [InlineData("MW2021", "ps aux | grep cart | grep listen", false)]
    [InlineData("MW2021", "ps aux | grep cart", true)]
    public void A_sketch_of_a_command_is_no_broken_one(string code, string commands, bool raised)
    {
        Assert.Equal(raised, Codes("cart.md", $"# Cart\n\n## Resolution\n\n```bash\n{commands}\n```\n").Contains(code));
    }

    [Fact]
    public void A_long_file_in_a_damaged_block_is_no_here_document_without_an_end()
    {
        var body = string.Join('\n', Enumerable.Repeat("a line of the file", 80));
        var text = $"# Cart\n\n```bash\ncat > cart.txt << 'EOF'\n{body}\nEOF\nkubectl exec cart-0 -- mend()\n```\n";
        var finding = Assert.Single(Lint("cart.md", text), each => each.Diagnostic.Code == "MW1002");
        Assert.Equal(86, finding.Diagnostic.Span.Line);
    }

    [Theory]
    [InlineData("'rollout status' waits for a broken rollout until the Deployment gives up", "deployment/cart")]
    [InlineData("never", "daemonset/cart")]
    [InlineData("never", "statefulset/cart")]
    public void What_is_said_of_a_wait_is_true_of_its_kind(string words, string target)
    {
        var finding = Assert.Single(Lint("cart.md",
            $"# Cart\n\n```bash\nkubectl rollout status {target} -n shop\n```\n"),
            each => each.Diagnostic.Code == "MW2013");
        Assert.Contains(words, finding.Diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Manually scale a pool with the `kubectl scale` command.", false)]
    [InlineData("If needed, manually scale: `kubectl scale deploy/cart --replicas=5 -n shop`", true)]
    public void A_command_that_is_only_named_is_not_called_temporary(string sentence, bool raised)
    {
        Assert.Equal(raised, Codes("cart.md", $"# Cart\n\n## Resolution\n\n{sentence}\n").Contains("MW2044"));
    }

    [Theory]
    [InlineData("```go hl_lines=\"5\"\nx := 1\n```", false)]
    [InlineData("```kubectl get pods -n shop\n```", true)]
    public void What_a_site_reads_behind_a_language_is_no_command(string block, bool raised)
    {
        Assert.Equal(raised, Codes("cart.md", $"# Cart\n\n{block}\n").Contains("MW1020"));
    }

    [Theory]
    [InlineData("runbooks/cart.md", "# Cart down", true)]
    [InlineData("docs/cart.md", "# Runbook: cart down", true)]
    [InlineData("docs/cart.md", "# CartServiceDown", true)]
    [InlineData("runbooks/cart-template.md", "# Cart down", false)]
    [InlineData("runbooks/cart.md", "# Guide: how carts work", false)]
    [InlineData("runbooks/2026-06-26-cart.md", "# Cart down", false)]
    [InlineData("runbooks/ADR-7.md", "# ADR-7: which carts", false)]
    [InlineData("docs/expose.md", "# Exposing services\n\nText.\n\n## LoadBalancer", false)]
    public void Only_a_runbook_must_say_whom_to_call(string path, string head, bool raised)
    {
        Assert.Equal(raised, Codes(path,
            $"{head}\n\n## Resolution\n\n```bash\nkubectl rollout restart deploy/cart -n shop\n```\n")
            .Contains("MW3003"));
    }

    [Theory]
    [InlineData("runbooks/cart.md", "# CartDown\n\n## Diagnosis\n\nCarts are lost.\n", true)]
    [InlineData("runbooks/cart.md", "# CartDown\n\n## Diagnosis\n\n[look at the cart](cart-looks.md)\n", false)]
    [InlineData("runbooks/index.md", "# Carts\n\n## Diagnosis\n\nCarts are lost.\n", false)]
    [InlineData("runbooks/cart.md", "# CartDown\n\n## Alert\n\n### Check the disks\n\nCheck whether they are full.\n",
        false)]
    public void A_document_without_a_step_is_told_unless_its_steps_are_elsewhere(string path, string text, bool raised)
    {
        Assert.Equal(raised, Codes(path, text).Contains("MW3001"));
    }

    [Theory]
    [InlineData("1. Cart\n\n   ```bash\nkubectl get pods -n shop\n\nText.\n", "is not closed where its list")]
    [InlineData("```bash\nkubectl get pods -n shop\n\nText.\n", "is never closed")]
    public void What_is_said_of_an_open_fence_is_true_of_its_place(string text, string words)
    {
        Assert.Contains(Lint("cart.md", $"# Cart\n\n{text}"), finding => finding.Diagnostic.Code == "MW1001"
            && finding.Diagnostic.Message.Contains(words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("- **Impact**:\n  -\n- **Owner**:\n", false)]
    [InlineData("## Impact\n\n## Steps\n", true)]
    public void An_empty_item_is_no_heading(string text, bool raised)
    {
        Assert.Equal(raised, Codes("cart.md", $"# CartDown\n\n{text}").Contains("MW3006"));
    }

    [Theory]
    [InlineData("- **PagerDuty**: [ON-CALL ROTATION]", true)]
    [InlineData("Settings > Teams > [Team Name] > Members", false)]
    [InlineData("Say: \"Hello, this is [Your Name].\"", false)]
    [InlineData("[Your Name]", false)]
    [InlineData("- [ ] `CART_KEY` = [Your cart's key]", false)]
    [InlineData("- cart: mend the sum [add `cart.sh`] `#D1`", false)]
    [InlineData("**Owner:** [Your Organization Name]", true)]
    [InlineData("```markdown\n# A form\n```bash\nls\n```\n- [Link to the cart]\n```", false)]
    public void A_blank_is_one_where_something_belongs(string sentence, bool raised)
    {
        Assert.Equal(raised, Codes("cart.md", $"# Cart\n\n{sentence}\n").Contains("MW3007"));
    }

    [Theory]
    [InlineData("templates/incident-template.md", false)]
    [InlineData("cart.md", true)]
    public void What_is_empty_in_a_form_is_meant_to_be(string path, bool raised)
    {
        Assert.Equal(raised, Codes(path, "# Cart\n\n## Symptoms\n\n## Prevention\n\nText.\n").Contains("MW3006"));
    }

    [Theory]
    [InlineData("avg:system.cpu.user{host:web}", false)]
    [InlineData("label_values(up, job)", false)]
    [InlineData("{status!=\"done\"}", false)]
    [InlineData("latency > 500ms", false)]
    [InlineData("sum(rate(errors_total{[5m]))", true)]
    public void Only_what_is_meant_for_Prometheus_is_judged_by_it(string query, bool raised)
    {
        var findings = Linter.Lint(new LintInput
        {
            Runbooks = [Compiler.Compile(new RunbookSource("cart.md", $"# Cart\n\n```promql\n{query}\n```\n"))],
            QueryProblem = _ => "parse error",
        }, TestContext.Current.CancellationToken);

        Assert.Equal(raised, findings.Any(finding => finding.Diagnostic.Code == "MW6008"));
    }

    [Theory]
    [InlineData("## Storage of carts {.power-number}", false)]
    [InlineData("## Storage of carts {: .lead data-x=1}", false)]
    [InlineData("## Storage of cards", true)]
    public void What_a_site_takes_off_a_heading_is_not_in_its_anchor(string heading, bool raised) =>
        Assert.Equal(raised, Codes("cart.md", $"# Cart\n\nSee [it](#storage-of-carts).\n\n{heading}\n\nText.\n")
            .Contains("MW4001"));

    [Theory]
    [InlineData("docs/snippets/cart.md", false)]
    [InlineData("docs/cart.md", true)]
    public void A_part_that_pages_take_in_links_from_there(string path, bool raised)
    {
        var findings = Linter.Lint(
            new LintInput
            {
                Runbooks = [Compiler.Compile(new RunbookSource(path, "# Cart\n\nSee [users](users.md).\n"))],
                FileExists = _ => false,
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(raised, findings.Any(finding => finding.Diagnostic.Code == "MW4002"));
    }

    private static HashSet<string> Codes(string path, string text) =>
        [.. Lint(path, text).Select(finding => finding.Diagnostic.Code)];

    private static ImmutableArray<Finding> Lint(string path, string text) => Linter.Lint(
        new LintInput
        {
            Runbooks = [Compiler.Compile(new RunbookSource(path, text))],
            Settings = new LintSettings { All = true },
        },
        TestContext.Current.CancellationToken);
}
