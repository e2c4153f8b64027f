using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Midwatch.Cli.Compiling;
using Midwatch.Cli.Linting;
using Midwatch.Cli.Runbooks;
using Midwatch.Cli.Terminal;

namespace Midwatch.Cli.Tests.Compiling;

/// <summary>Files that are no runbooks: each is told with its place and a remedy, and the others are shown.</summary>
public sealed class BadFileTests : IDisposable
{
    private const string Good = "# Web is down\n\n## Diagnosis\n\n```bash\nkubectl get pods -n web\n```\n";

    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("midwatch-bad-").FullName;

    public static TheoryData<string, byte[], string> Bytes() => new()
    {
        { "utf16.md", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Good)],
            "utf16.md:1:1: error MW1009: The file is UTF-16 text. Save it as UTF-8" },
        { "utf16be.md", [0xFE, 0xFF, 0, 0x23, 0, 0x20, 0, 0x41],
            "utf16be.md:1:1: error MW1009: The file is UTF-16 text. Save it as UTF-8" },
        { "latin1.md", Encoding.Latin1.GetBytes("# A\n\nEs ist für alle.\n"),
            "latin1.md:3:9: error MW1009: The file is not UTF-8 text. Save it as UTF-8" },
        { "zero.md", "# A\n\nab\0c\n"u8.ToArray(),
            "zero.md:3:3: error MW1009: The file is not text: it holds a zero byte. Give a Markdown file" },
    };

    [Theory]
    [MemberData(nameof(Bytes))]
    public async Task What_is_no_text_in_UTF8_is_told_with_its_place(string name, byte[] bytes, string told)
    {
        await File.WriteAllBytesAsync(At(name), bytes, TestContext.Current.CancellationToken);
        Write("good.md", Good);

        Assert.Equal(2, Compile(_folder));

        Assert.Contains(told, _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("kubectl get pods -n web", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await LintAsync(At(name)));
        Assert.Contains("MW1009", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mark_of_the_byte_order_is_no_part_of_the_first_heading()
    {
        Write("marked.md", "\uFEFF" + Good);

        Assert.Equal(0, Compile(At("marked.md")));
        Assert.StartsWith("Web is down", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fifty_megabytes_are_not_even_read()
    {
        using (var file = File.Create(At("huge.md")))
        {
            file.SetLength(50 * 1024 * 1024);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("MW1008", DocumentFile.Read(At("huge.md")).Wrong?.Code);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1024 * 1024);

        Assert.Equal(1, await LintAsync(At("huge.md")));
        Assert.Contains("MW1008", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, Compile(At("huge.md")));

        Assert.Contains("huge.md:1:1: error MW1008: The file has 52428800 bytes", _error.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Five_megabytes_are_refused_by_the_compiler()
    {
        Write("long.md", string.Concat(Enumerable.Repeat("All is well and long.\n", 250_000)));

        Assert.Equal(0, Compile(At("long.md")));
        Assert.Contains("error MW1008", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_file_is_never_read()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(At("socket.md")));
        File.CreateSymbolicLink(At("endless.md"), "/dev/zero");
        File.CreateSymbolicLink(At("a-loop.md"), At("b-loop.md"));
        File.CreateSymbolicLink(At("b-loop.md"), At("a-loop.md"));
        using (var make = Process.Start("mkfifo", [At("pipe.md")]))
        {
            make.WaitForExit();
        }

        Assert.Equal(2, Compile([.. Directory.EnumerateFiles(_folder).Order(StringComparer.Ordinal)]));

        var told = _error.ToString();
        Assert.Contains("socket.md: is a socket and no file", told, StringComparison.Ordinal);
        Assert.Contains("endless.md: is a device and no file", told, StringComparison.Ordinal);
        Assert.Contains("pipe.md: is a named pipe and no file", told, StringComparison.Ordinal);
        Assert.Contains("a-loop.md: cannot be read: ", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fails_while_it_is_read_is_named_and_the_rest_is_shown()
    {
        // Fails for root too: nothing is mapped at the beginning of a process's memory.
        Write("good.md", Good);
        File.CreateSymbolicLink(At("fails.md"), "/proc/self/mem");

        Assert.Equal(2, Compile(At("fails.md"), At("good.md")));

        Assert.Contains("fails.md: cannot be read: ", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("kubectl get pods -n web", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await LintAsync(At("fails.md")));
    }

    [Fact]
    public async Task Ten_thousand_nested_quotations_are_told_by_every_verb()
    {
        Write("deep.md", new string('>', 10_000) + " deep\n\n" + Good);

        Assert.Equal(0, Compile(At("deep.md")));
        Assert.Contains("error MW1007", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await LintAsync(At("deep.md")));
    }

    [Fact]
    public async Task A_loop_of_links_between_folders_ends()
    {
        Write("a/good.md", Good);
        File.CreateSymbolicLink(At("a/up"), _folder);

        Assert.Equal(0, Compile(_folder));
        Assert.Contains("up: is a symbolic link, which is not followed", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await LintAsync(_folder));
        Assert.Equal(2, _error.ToString().Split("which is not followed").Length - 1);
    }

    [Fact]
    public void What_may_not_be_read_is_named_and_the_rest_is_shown()
    {
        Assert.SkipWhen(Environment.UserName == "root", "Root may read everything.");
        Write("good.md", Good);
        Write("secret.md", Good);
        Write("closed/x.md", Good);
        File.SetUnixFileMode(At("secret.md"), UnixFileMode.None);
        File.SetUnixFileMode(At("closed"), UnixFileMode.None);

        Assert.Equal(2, Compile(_folder));

        File.SetUnixFileMode(At("closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Contains("secret.md: cannot be read: permission denied. Run 'chmod +r'", _error.ToString(),
            StringComparison.Ordinal);
        Assert.Contains("closed: cannot be looked into", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("kubectl get pods -n web", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_thousand_files_are_read_in_bounded_memory()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("MIDWATCH_LONG") == "1", "./test --long makes so many.");
        for (var folder = 0; folder < 100; folder++)
        {
            Directory.CreateDirectory(At($"{folder}"));
            for (var file = 0; file < 1_000; file++)
            {
                File.WriteAllText(At($"{folder}/{file}.md"), Good);
            }
        }

        var watch = Stopwatch.StartNew();
        Assert.Equal(0, new CompileVerb(new Screen(_output, _error, colour: false, interactive: false)
        {
            Progress = true,
        }).Run(new CompileRequest { Paths = [_folder], Summary = true }));

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"100,000 files in {watch.Elapsed}, {GC.GetTotalMemory(forceFullCollection: true) >> 20} MiB kept");
        Assert.Contains("100000 of 100000 runbooks", _error.ToString(), StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(5));
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) < 1L << 30);
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private int Compile(params string[] paths) =>
        new CompileVerb(Screen()).Run(new CompileRequest { Paths = [.. paths] });

    private Task<int> LintAsync(string path) => new LintVerb(Screen(), TimeProvider.System).RunAsync(
        new LintRequest { Paths = [path], Format = "text" }, TestContext.Current.CancellationToken);

    private Screen Screen() => new(_output, _error, colour: false, interactive: false);

    private string At(string name) => Path.Combine(_folder, name);

    private void Write(string name, string text)
    {
        var path = At(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
