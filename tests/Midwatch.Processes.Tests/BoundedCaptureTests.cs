using System.Text;

namespace Midwatch.Processes.Tests;

public sealed class BoundedCaptureTests : IAsyncLifetime
{
    private readonly ProgramStarter _starter = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _starter.DisposeAsync();

    [Theory]
    [InlineData(100, 1000, 1000)]
    [InlineData(100_000, 1000, 5000)]
    [InlineData(300_000, 0, 70_000)]
    [InlineData(300_000, 10, 0)]
    public async Task Both_ends_are_kept_and_the_middle_is_counted(int lines, int head, int tail)
    {
        using var pipe = OsPipe.Create();
        await using var program = _starter.Start(pipe.Write, "seq", $"{lines}");
        pipe.Write.Dispose();
        var capture = BoundedCapture.Start(_starter, pipe.Read, head, tail);
        await capture.Completion;
        var all = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(1, lines).Select(n => $"{n}\n")));
        var expectedHead = all.AsSpan(0, Math.Min(head, all.Length)).ToArray();
        var rest = all.AsSpan(expectedHead.Length);
        Assert.Equal(all.Length, capture.TotalBytes);
        Assert.Equal(expectedHead, capture.Head());
        Assert.Equal(rest[^Math.Min(tail, rest.Length)..].ToArray(), capture.Tail());
        Assert.Equal(Math.Max(0, rest.Length - tail), capture.DroppedBytes);
    }

    [Fact]
    public async Task A_program_that_never_stops_writing_is_not_blocked_and_fills_no_memory()
    {
        using var pipe = OsPipe.Create();
        await using var program = _starter.Start(pipe.Write, "sh", "-c", "yes | head -c 50000000");
        pipe.Write.Dispose();
        var capture = BoundedCapture.Start(_starter, pipe.Read, 16, 16);
        Assert.Equal(0, (await program.Exited).Code);
        await capture.Completion;
        Assert.Equal(50_000_000 - 32, capture.DroppedBytes);
    }
}
