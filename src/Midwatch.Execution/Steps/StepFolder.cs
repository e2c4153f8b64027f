using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Midwatch.Execution.Steps;

/// <summary>
/// The folders that the programs of one runner see: a private HOME, a place for files, and the chosen kubectl.
/// </summary>
internal sealed class StepFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int NameBytes = 6;

    // Port-forwards and the addresses of nodes, pods and services are this machine's own.
    private const string NotByProxy = "localhost,127.0.0.1,127.0.0.0/8,::1";
    private readonly string _own;
    private readonly string _home;
    private readonly string _programs;

    private StepFolder(string directory)
    {
        _home = Path.Combine(directory, "home");
        _own = Path.Combine(directory, "steps", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NameBytes)));
        _programs = Path.Combine(_own, "bin");
        Work = Path.Combine(_own, "work");
    }

    /// <summary>Where commands start, and the only place below which redirections write.</summary>
    public string Work { get; }

    public static StepFolder Create(StepRunnerOptions options)
    {
        var folder = new StepFolder(options.Directory);
        foreach (var path in new[] { folder._home, folder.Work, folder._programs })
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }

        if (options.Kubectl is { } kubectl)
        {
            File.CreateSymbolicLink(Path.Combine(folder._programs, "kubectl"), kubectl);
        }

        return folder;
    }

    /// <summary>The whole environment of the session: nothing of our own is inherited.</summary>
    public ImmutableSortedDictionary<string, string> Environment(StepRunnerOptions options) =>
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, string>
        {
            ["PATH"] = $"{_programs}:{options.SearchPath}",
            ["HOME"] = _home,
            ["KUBECONFIG"] = options.Kubeconfig,
            ["TMPDIR"] = Work,
            ["LANG"] = "C.UTF-8",
            ["LC_ALL"] = "C.UTF-8",
            ["TERM"] = "dumb",
            ["NO_COLOR"] = "1",
            ["PAGER"] = "cat",
        }.Concat(NameVariables(options.ServiceNames)));

    // curl heeds http_proxy in small letters only; others look for capitals too.
    private static IEnumerable<KeyValuePair<string, string>> NameVariables(Uri? proxy) =>
        proxy is null
            ? []
            : new[]
            {
                KeyValuePair.Create("http_proxy", proxy.OriginalString),
                KeyValuePair.Create("https_proxy", proxy.OriginalString),
                KeyValuePair.Create("no_proxy", NotByProxy),
            }
            .SelectMany(one => new[] { one, KeyValuePair.Create(one.Key.ToUpperInvariant(), one.Value) });

    public void Dispose()
    {
        try
        {
            Directory.Delete(_own, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody tidied up before us; that is what we wanted.
        }
    }
}
