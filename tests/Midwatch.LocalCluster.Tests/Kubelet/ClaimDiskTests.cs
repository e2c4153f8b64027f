using System.Diagnostics;
using Midwatch.LocalCluster.Kubelet.Rules;
using Midwatch.LocalCluster.Kubelet.Volumes;
using Midwatch.Processes;
using Midwatch.Processes.Places;

namespace Midwatch.LocalCluster.Tests.Kubelet;

public sealed class ClaimDiskTests
{
    [Fact]
    public async Task Nodes_that_make_a_disk_at_the_same_moment_have_one_between_them()
    {
        Assert.SkipWhen(PlaceSupport.Mkfs is null, "There is no mkfs here.");
        var folder = Directory.CreateTempSubdirectory("midwatch-disk-").FullName;
        try
        {
            await using var starter = new ProgramStarter();
            var file = Path.Combine(folder, "shop", "data.disk");
            var made = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
                Task.Run(() => ClaimDisk.Make(starter, file, 4 << 20), TestContext.Current.CancellationToken)));
            Assert.All(made, Assert.Null);
            Assert.Equal([file], Directory.EnumerateFiles(Path.Combine(folder, "shop")));
            Assert.Equal(4 << 20, new FileInfo(file).Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task What_fills_a_disk_that_nobody_has_mounted_is_taken_off_it_and_the_rest_stays()
    {
        Assert.SkipWhen(PlaceSupport.Mkfs is null, "There is no mkfs here.");
        var folder = Directory.CreateTempSubdirectory("midwatch-disk-").FullName;
        try
        {
            await using var starter = new ProgramStarter();
            var file = Path.Combine(folder, "data.disk");
            var content = Path.Combine(folder, "content");
            await File.WriteAllTextAsync(content, new string('x', 100_000), TestContext.Current.CancellationToken);
            Assert.Null(ClaimDisk.Make(starter, file, 4 << 20));
            await RunAsync("debugfs", "-w", "-R", $"write {content} {RuledContainer.FillName}", file);
            await RunAsync("debugfs", "-w", "-R", $"write {content} theirs", file);
            var full = await RunAsync("debugfs", "-R", "ls -p", file);
            Assert.Contains($"/{RuledContainer.FillName}/100000/", full, StringComparison.Ordinal);

            Assert.Null(ClaimDisk.Remove(starter, file, RuledContainer.FillName));
            Assert.Null(ClaimDisk.Remove(starter, file, RuledContainer.FillName));

            var left = await RunAsync("debugfs", "-R", "ls -p", file);
            Assert.DoesNotContain(RuledContainer.FillName, left, StringComparison.Ordinal);
            Assert.Contains("/theirs/100000/", left, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var complaints = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await complaints);
        return output;
    }
}
