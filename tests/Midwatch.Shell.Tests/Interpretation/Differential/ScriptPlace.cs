using System.Collections.Immutable;

namespace Midwatch.Shell.Tests.Interpretation.Differential;

/// <summary>Where one script runs: twice, in the same directory, so that both see the same paths.</summary>
internal sealed class ScriptPlace
{
    private readonly string _root;

    public ScriptPlace(string root, ComparedScript script)
    {
        _root = root;
        Script = script;
        Directory.CreateDirectory(root);
        System.IO.File.WriteAllText(File("script"), script.Text);
        System.IO.File.WriteAllText(File("stand-ins"), script.StandIns + "\n");
        Empty();
    }

    public ComparedScript Script { get; }

    public string Work => File("work");

    public string Calls => File("calls");

    public string File(string name) => Path.Combine(_root, name);

    public ImmutableSortedDictionary<string, string> Environment() =>
        ImmutableSortedDictionary<string, string>.Empty
            .Add("PATH", $"{Script.StandIns}:/usr/bin:/bin")
            .Add("LC_ALL", "C.UTF-8")
            .Add("HOME", Work)
            .Add("STAND_IN_CALLS", Calls);

    /// <summary>Takes what a run has left, and makes the place as it was.</summary>
    public ScriptRun Take(int status, string? complaints = null)
    {
        var run = new ScriptRun(Text("out"), status, Listing(), CallsText(), complaints ?? Text("err"));
        Empty();
        return run;
    }

    private void Empty()
    {
        if (Directory.Exists(Work))
        {
            Directory.Delete(Work, recursive: true);
        }

        Directory.CreateDirectory(Work);
        System.IO.File.WriteAllText(Calls, string.Empty);
    }

    private string Text(string name) => System.IO.File.Exists(File(name)) ? System.IO.File.ReadAllText(File(name)) : "";

    private string CallsText() =>
        string.Join('\n', System.IO.File.ReadAllText(Calls).Split("\n\n").Order(StringComparer.Ordinal));

    private string Listing() => string.Join('\n', new DirectoryInfo(Work)
        .EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        .OrderBy(entry => entry.FullName, StringComparer.Ordinal)
        .Select(entry => $"{Path.GetRelativePath(Work, entry.FullName)}: {Content(entry)}"));

    private static string Content(FileSystemInfo entry) => entry.LinkTarget is { } target ? $"→ {target}"
        : entry is FileInfo ? System.IO.File.ReadAllText(entry.FullName)
        : "folder";
}
