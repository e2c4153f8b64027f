using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Midwatch.LocalCluster.Faults;
using Midwatch.LocalCluster.Tests.Api;
using YamlDotNet.RepresentationModel;

namespace Midwatch.LocalCluster.Tests.Hosting;

/// <summary>
/// Every form of command that runbooks use, with several versions of kubectl; the server refuses none.
/// </summary>
public sealed partial class CommandFormTests(LiveCluster live)
{
    private static readonly string[] Versions = ["1.20", "1.27", "1.29", "1.31", "1.33", "1.35"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void The_table_names_what_runbooks_use()
    {
        var verbs = Forms().Select(form => form.Words[0] is "rollout" or "auth" or "set" or "config"
            ? $"{form.Words[0]} {form.Words[1]}" : form.Words[0]).ToHashSet();
        Assert.Superset(
            new HashSet<string>
            {
                "get", "exec", "logs", "describe", "delete", "patch", "rollout restart", "scale", "edit", "top",
                "set env", "set image", "create", "apply", "auth can-i", "port-forward", "rollout undo",
                "rollout status", "cp", "rollout history", "drain", "annotate", "run", "cordon", "uncordon", "wait",
                "version", "taint", "label", "explain", "api-resources", "diff", "replace", "expose", "autoscale",
            },
            verbs);
        Assert.DoesNotContain("debug", verbs);
    }

    [Fact]
    public async Task No_version_of_kubectl_meets_a_refusal_that_does_not_belong_to_the_command()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("MIDWATCH_LONG") == "1", "Takes minutes: MIDWATCH_LONG=1.");
        var programs = Versions.Select(version => (Version: version, Path: KubectlPrograms.Find(version)))
            .Where(one => one.Path is not null).ToList();
        Assert.SkipWhen(programs.Count < 3, "Fewer than three versions of kubectl are here (eng/prepare --tests).");
        var wrong = new List<string>();
        foreach (var (version, path) in programs)
        {
            wrong.AddRange((await SweepAsync(version, path!)).Select(one => $"{version}: {one}"));
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Forms().Count} forms with {string.Join(", ", programs.Select(one => one.Version))}");
        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
    }

    private async Task<List<string>> SweepAsync(string version, string program)
    {
        var minor = int.Parse(version.Split('.')[1], CultureInfo.InvariantCulture);
        var ns = "forms-" + version.Replace('.', '-');
        await live.ApplyAsync(LiveManifests.App, ns);
        _ = await live.UntilAsync(PodPath.Collection(ns, "app=app"), pods => pods.Count == 2
            && pods.All(WorkloadState.IsReady));
        var wrong = new List<string>();
        foreach (var form in Forms().Where(form => form.Since <= minor && minor <= form.Until))
        {
            var pod = (await live.Api.GetAsync(PodPath.Collection(ns, "app=app"), Stop)).Items
                .FirstOrDefault(WorkloadState.IsReady)?["metadata"]?["name"]?.ToString() ?? "none";
            string[] words = [.. form.Words.Select(word => word.Replace("$POD", pod, StringComparison.Ordinal)
                .Replace("$NS", ns, StringComparison.Ordinal))];
            var (exit, output, error) = await RunAsync(program, ns, words, form);
            var codes = Refusals().Matches(error).Select(found =>
                int.Parse(found.Groups[1].Value + found.Groups[2].Value, CultureInfo.InvariantCulture));
            var odd = codes.Where(code => !form.Codes.Contains(code)).Distinct().ToList();
            if (odd.Count > 0 || (form.Exit is { } expected && Plain(exit, error) != expected))
            {
                var said = string.Join('\n', (output + error).Split('\n').Where(line => !Trace().IsMatch(line)));
                wrong.Add($"{string.Join(' ', words)}: exit {exit}, refusals [{string.Join(", ", odd)}]\n"
                    + said[..Math.Min(said.Length, 400)] + "\n…\n" + said[Math.Max(0, said.Length - 600)..]);
            }
        }

        return wrong;
    }

    // Talkative, kubectl up to 1.23 dies of an error with a trace instead of ending with 1.
    private static int Plain(int exit, string error) =>
        exit == 255 && error.Contains("goroutine 1 [running]", StringComparison.Ordinal) ? 1 : exit;

    private async Task<(int Exit, string Output, string Error)> RunAsync(
        string program, string ns, string[] words, Form form)
    {
        // What runs in a pod stands behind "--", where an option would be its own.
        var options = words.Contains("-n") ? (string[])["-v=8"] : ["-n", ns, "-v=8"];
        var start = new ProcessStartInfo(program, [.. options, .. words])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = live.DataDirectory,
        };
        start.Environment["KUBECONFIG"] = live.Cluster.KubeconfigPath;
        start.Environment["HOME"] = live.DataDirectory;
        start.Environment["KUBE_EDITOR"] = "sed -i s/a/a/";
        using var kubectl = Process.Start(start)!;
        await kubectl.StandardInput.WriteAsync(form.Input);
        kubectl.StandardInput.Close();
        var output = kubectl.StandardOutput.ReadToEndAsync(Stop);
        var error = kubectl.StandardError.ReadToEndAsync(Stop);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromSeconds(form.Limit));
        try
        {
            await kubectl.WaitForExitAsync(limit.Token);
            return (kubectl.ExitCode, await output, await error);
        }
        catch (OperationCanceledException) when (!Stop.IsCancellationRequested)
        {
            kubectl.Kill();
            await kubectl.WaitForExitAsync(Stop);
            return (-1, await output, await error);
        }
    }

    private static List<Form> Forms()
    {
        var yaml = new YamlStream();
        using (var reader = File.OpenText(Path.Combine(AppContext.BaseDirectory, "Hosting", "command-forms.yaml")))
        {
            yaml.Load(reader);
        }

        return [.. ((YamlSequenceNode)yaml.Documents[0].RootNode).OfType<YamlMappingNode>().Select(Read)];
    }

    private static Form Read(YamlMappingNode one)
    {
        string? Text(string name) => one.Children.TryGetValue(name, out var value) ? value.ToString() : null;
        int Number(string name, int otherwise) =>
            Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        var run = one.Children["run"];
        return new Form(
            run is YamlSequenceNode words ? [.. words.Select(word => word.ToString())] : run.ToString().Split(' '),
            one.Children.TryGetValue("codes", out var codes)
                ? [.. ((YamlSequenceNode)codes).Select(
                    code => int.Parse(code.ToString(), CultureInfo.InvariantCulture))]
                : [],
            Text("exit") == "any" ? null : Number("exit", 0),
            Number("since", 0),
            Number("until", int.MaxValue),
            Number("limit", 90),
            Text("input") ?? "");
    }

    // As versions up to 1.31 tell it, and later ones.
    [GeneratedRegex("Response Status: ([45][0-9]{2})|\"Response\".* status=\"([45][0-9]{2})")]
    private static partial Regex Refusals();

    [GeneratedRegex(@"^[IW][0-9]{4} |^\s{2,}[A-Z][A-Za-z-]+: ")]
    private static partial Regex Trace();

    private sealed record Form(
        string[] Words, int[] Codes, int? Exit, int Since, int Until, int Limit, string Input);
}
