using Midwatch.Diagnosis.Observations;

namespace Midwatch.Diagnosis.Tests;

public sealed class LogPatternTests
{
    [Theory]
    [InlineData(
        "   at Microsoft.Win32.SafeHandles.SafeFileHandle.Open(String path, FileMode mode, FileAccess access, Int64 size, Nullable`1 openPermissions)")]
    [InlineData("   at System.IO.File.ReadAllText(String path) in /src/Program.cs:line 12")]
    [InlineData("   at Program.<Main>$(String[] args) in /app/UnauthorizedAccessException.cs:line 3")]
    [InlineData("--- End of inner exception stack trace ---")]
    [InlineData("\tat java.base/java.net.Socket.connect(ConnectException.java:633)")]
    [InlineData("\tat org.example.FileNotFoundException.<init>(FileNotFoundException.java:3)")]
    [InlineData("\t... 12 common frames omitted")]
    [InlineData("    at async PermissionError.check (/app/index.js:10:3)")]
    [InlineData("    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1495:16)")]
    [InlineData("    at /app/ENOENT.js:10:3")]
    [InlineData("  File \"/usr/lib/python3/ImportError.py\", line 3, in connect")]
    [InlineData("\t/src/EACCES.go:12 +0x1f")]
    [InlineData("\t/src/SIGSEGV.go:12 +0x1f")]
    public void A_line_of_a_stack_trace_is_no_evidence(string line) => Assert.Null(LogPattern.Name(line));

    [Theory]
    [InlineData("opened with FileAccess.Read and openPermissions 0644")]
    [InlineData("onePipe is ready")]
    [InlineData("info: connection timeout: 30s")]
    [InlineData("connect timeout = 5")]
    [InlineData("\"connection timeout\": 5000")]
    [InlineData("retrying after a non-fatal error")]
    [InlineData("this is not fatal: going on")]
    [InlineData("0 fatal errors")]
    [InlineData("deadlock_timeout is 1s")]
    [InlineData("deadlock detection is on")]
    [InlineData("stacktrace=false")]
    [InlineData("protected-mode no, noauth on loopback")]
    [InlineData("errors: 0, MyKeyErrors: none")]
    public void Words_that_only_look_like_it_are_no_evidence(string line) => Assert.Null(LogPattern.Name(line));

    [Theory]
    [InlineData("open /data/x: permission denied", "permission-denied")]
    [InlineData(
        "Unhandled exception. System.UnauthorizedAccessException: Access to the path is denied.", "permission-denied")]
    [InlineData("Error: EACCES: permission denied, open '/x'", "permission-denied")]
    [InlineData("ConnectionRefusedError: [Errno 111] Connection refused", "connection-refused")]
    [InlineData("dial tcp 10.0.0.1:6379: connect: connection refused", "connection-refused")]
    [InlineData("Connection timed out", "connection-timeout")]
    [InlineData("redis: connection timeout after 3 tries", "connection-timeout")]
    [InlineData("x509: certificate has expired or is not yet valid", "certificate-expired")]
    [InlineData("NOAUTH Authentication required.", "not-authenticated")]
    [InlineData("Traceback (most recent call last):", "program-error")]
    [InlineData("panic: runtime error: index out of range", "program-error")]
    [InlineData("FATAL: terminating", "program-error")]
    [InlineData("Unhandled exception. System.IO.IOException: stale lock", "program-error")]
    [InlineData("ERROR: deadlock detected", "deadlock")]
    [InlineData("KeyError: 'DATABASE_URL'", "bad-configuration")]
    public void A_line_that_tells_of_trouble_is_named(string line, string id) =>
        Assert.Equal(id, LogPattern.Name(line)?.Pattern.Id);

    [Fact]
    public void The_module_that_is_missing_is_kept() =>
        Assert.Equal("requests", LogPattern.Name("ModuleNotFoundError: No module named 'requests'")?.Value);
}
