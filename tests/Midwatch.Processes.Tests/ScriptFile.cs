namespace Midwatch.Processes.Tests;

/// <summary>An executable file for one test.</summary>
internal sealed class ScriptFile : IDisposable
{
    private ScriptFile(string path) => Path = path;

    public string Path { get; }

    public static ScriptFile Write(string text)
    {
        var path = System.IO.Path.GetTempFileName();
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new(path);
    }

    public void Dispose() => File.Delete(Path);
}
