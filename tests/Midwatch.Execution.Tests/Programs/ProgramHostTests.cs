using Midwatch.Execution.Programs;
using Midwatch.Processes;

namespace Midwatch.Execution.Tests.Programs;

public sealed class ProgramHostTests
{
    [Theory]
    [InlineData("sh", "/nowhere:/bin", "/bin/sh")]
    [InlineData("sh", "/nowhere", null)]
    [InlineData("", "/bin", null)]
    [InlineData("./sh", "/nowhere", "/bin/sh")]
    [InlineData("/etc/passwd", "/bin", null)]
    [InlineData("/bin", "/bin", null)]
    public async Task Names_are_looked_up_as_a_shell_does(string name, string searchPath, string? expected)
    {
        await using var starter = new ProgramStarter();
        Assert.Equal(expected, new ProgramHost(starter).Resolve(name, searchPath, "/bin"));
    }
}
