using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet.Images;
using Midwatch.LocalCluster.Kubelet.Logs;
using Midwatch.LocalCluster.Kubelet.Pods;
using Midwatch.LocalCluster.Kubelet.Sessions;
using Midwatch.Processes;

namespace Midwatch.LocalCluster.Kubelet.Containers;

/// <summary>Makes one instance of a container: variables, folder, log, process.</summary>
internal sealed class ContainerStarter(
    PodContext pod, ContainerRecord record, string podDirectory, IReadOnlyDictionary<string, string> volumes)
{
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private readonly KubeletOptions _options = pod.Options;
    private readonly string _ns = pod.Pod.Key.Namespace ?? "default";

    // Without a place of its own a container finds its files below a folder of this machine.
    private bool HasPlace => _options.Places.HasPlaces;

    public StartOutcome Start(Image image)
    {
        var folder = Path.Combine(podDirectory, "containers", record.Name);
        var root = HasPlace ? "" : folder;
        var environment = new ContainerEnvironment(_options.Store, pod.Pod.Body, record.Spec, _options.Size)
            .Build(Always(root));
        if (environment is not EnvironmentResult.Built { Variables: var declared })
        {
            return new StartOutcome.NotConfigured(((EnvironmentResult.Unusable)environment).Message);
        }

        var variables = Complete(declared, image, root);
        var user = HasPlace ? ContainerUser.Of(pod.Pod.Body, record.Spec, image) : null;
        var place = new ContainerPlace(_options, folder, _options.Network.HostsFile(_ns), user);
        var (files, unmounted) = HasPlace
            ? place.Prepare(record.Spec, volumes, variables, image)
            : (null, ContainerRoot.Prepare(folder, record.Spec, volumes, variables));
        if (unmounted is not null)
        {
            return new StartOutcome.NotConfigured(unmounted);
        }

        var argv = Command(image, root, variables);
        if (argv.Length == 0)
        {
            return new StartOutcome.NotStarted("no command specified");
        }

        var workingDirectory = record.Spec.Text("workingDir") ?? "/";
        if (!HasPlace)
        {
            workingDirectory = ContainerRoot.At(folder, workingDirectory);
            _ = Directory.CreateDirectory(workingDirectory);
        }

        var said = record.Spec.Text("terminationMessagePath") ?? "/dev/termination-log";
        return Run(image, HasPlace ? place.TerminationFile : ContainerRoot.At(folder, said), new()
        {
            Argv = argv,
            Environment = variables,
            WorkingDirectory = workingDirectory,
            NewSession = true,
            Place = files,
            OwnAddress = OwnAddress(),
            User = user,
        });
    }

    private IPAddress? OwnAddress() =>
        _options.Places.HasOwnLocalhost && !pod.Pod.Body.Flag("spec", "hostNetwork")
        && IPAddress.TryParse(pod.Address, out var own) ? own : null;

    private StartOutcome Run(Image image, string terminationFile, ProgramSpec spec)
    {
        var streams = new ContainerStreams(record.Spec.Flag("stdin"), record.Spec.Flag("tty"));
        var result = _options.Starter.Start(spec with
        {
            StandardInput = streams.ProgramInput,
            StandardOutput = streams.ProgramOutput,
            StandardError = streams.ProgramErrors,
        });
        streams.CloseProgramEnds();
        if (result is not StartResult.Started { Program: var program })
        {
            streams.Dispose();
            return new StartOutcome.NotStarted(
                "failed to create containerd task: failed to create shim task: OCI runtime create failed: "
                + "runc create failed: "
                + StartRefusal.Describe("error during container init", spec.Argv[0], result));
        }

        var log = new ContainerLog(LogPath(), _options.Time);
        var id = "containerd://" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        return new StartOutcome.Started(
            new ContainerInstance(id, log, streams, _options.Starter, program, spec, _options.Time.GetUtcNow())
            {
                TerminationFile = terminationFile,
            },
            image);
    }

    private string LogPath() => Path.Combine(
        _options.Directory,
        "logs",
        $"{_ns}_{pod.Pod.Key.Name}_{pod.Uid}",
        record.Name,
        string.Create(CultureInfo.InvariantCulture, $"{record.Attempts}.log"));

    // What every container has; a manifest may name these as $(NAME) and may replace them.
    private ImmutableDictionary<string, string> Always(string root)
    {
        var services = pod.Pod.Body.At("spec", "enableServiceLinks") is { } links && !links.GetValue<bool>()
            ? ImmutableDictionary<string, string>.Empty
            : ServiceVariables.Of(_options.Store.List("", "services", _ns));
        var port = string.Create(CultureInfo.InvariantCulture, $"{_options.Api.Port}");
        return services
            .SetItem("KUBERNETES_SERVICE_HOST", _options.Api.Host)
            .SetItem("KUBERNETES_SERVICE_PORT", port)
            .SetItem("KUBERNETES_SERVICE_PORT_HTTPS", port)
            .SetItem("POD_IP", pod.Address)
            .SetItem("POD_NAME", pod.Pod.Key.Name)
            .SetItem("POD_NAMESPACE", _ns)
            .SetItem("MIDWATCH_ROOT", root);
    }

    // The image's variables lie under those of the manifest; the wrapper for names above all, as nothing works
    // without it.
    private ImmutableDictionary<string, string> Complete(
        ImmutableDictionary<string, string> declared, Image image, string root)
    {
        var result = declared;
        foreach (var (name, value) in image.Environment.Where(pair => !declared.ContainsKey(pair.Key)))
        {
            result = result.SetItem(name, Fill(VariableExpansion.Expand(value, declared), image, root));
        }

        result = Default(result, "PATH", DefaultPath);
        result = Default(result, "HOME", HasPlace ? "/" : root);
        result = Default(result, "HOSTNAME", pod.Pod.Body.Text("spec", "hostname") ?? pod.Pod.Key.Name);
        if (image.Entrypoint.Any(word => word.Contains("{programs}", StringComparison.Ordinal)))
        {
            result = Default(result, "DOTNET_EnableDiagnostics", "0");
            // The .NET services of this project run on the runtime that we run on, wherever it is installed.
            var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
            result = Directory.Exists(Path.Combine(dotnet, "host", "fxr"))
                ? Default(result, "DOTNET_ROOT", dotnet)
                : result;
        }

        // With files of its own a container has a hosts file of its own.
        return HasPlace ? result : result.SetItems(_options.Network.NameVariables(_ns));
    }

    private static ImmutableDictionary<string, string> Default(
        ImmutableDictionary<string, string> variables, string name, string value) =>
        variables.ContainsKey(name) ? variables : variables.Add(name, value);

    private ImmutableArray<string> Command(Image image, string root, ImmutableDictionary<string, string> variables)
    {
        var command = Words("command");
        var arguments = Words("args");
        return
        [
            .. command.Length > 0 ? command : [.. image.Entrypoint.Select(FromImage)],
            .. arguments.Length > 0 || command.Length > 0 ? arguments : [.. image.Arguments.Select(FromImage)],
        ];

        string FromImage(string word) => Fill(VariableExpansion.Expand(word, variables), image, root);

        ImmutableArray<string> Words(string field) =>
            record.Spec.At(field) is System.Text.Json.Nodes.JsonArray words
                ? [.. words.Select(word => VariableExpansion.Expand(word?.ToString() ?? "", variables))]
                : [];
    }

    private string Fill(string text, Image image, string root) => text
        .Replace("{programs}", _options.ProgramsDirectory, StringComparison.Ordinal)
        .Replace("{image}", image.Directory, StringComparison.Ordinal)
        .Replace("{root}", root, StringComparison.Ordinal);
}
