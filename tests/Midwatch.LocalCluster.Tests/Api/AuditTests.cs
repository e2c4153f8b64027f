using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Tests.Api;

/// <summary>What `cluster up --audit FILE` writes.</summary>
public sealed class AuditTests
{
    [Fact]
    public async Task Every_request_that_may_change_something_leaves_a_line_that_says_who_and_what()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("midwatch-audit-").FullName, "audit.jsonl");
        await using (var api = await RunningApi.StartAsync(file))
        {
            const string Path = "/api/v1/namespaces/default/configmaps";
            _ = await api.SendAsync("GET", Path);
            _ = await api.SendAsync("POST", Path + "?fieldManager=me", """{"metadata":{"name":"a"}}""");
            _ = await api.SendAsync("PATCH", Path + "/a", """{"data":{"b":"c"}}""", "application/merge-patch+json");
            _ = await api.SendAsync("POST", Path, """{"metadata":{"name":"a"}}""");
            api.Client.DefaultRequestHeaders.Add("Impersonate-User", "mara");
            _ = await api.SendAsync("DELETE", Path + "/a");
            using var nobody = api.Connect(null);
            using var refused = await nobody.DeleteAsync(
                new Uri(Path + "/a", UriKind.Relative), TestContext.Current.CancellationToken);
        }

        var lines = (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken))
            .Select(line => JsonNode.Parse(line)!.AsObject()).ToList();

        Assert.Equal(
            ["POST 201 admin", "PATCH 200 admin", "POST 409 admin", "DELETE 403 admin", "DELETE 403 system:anonymous"],
            lines.Select(line => $"{line["verb"]} {line["code"]} {line["user"]}"));
        Assert.Equal("/api/v1/namespaces/default/configmaps?fieldManager=me", lines[0]["path"]!.ToString());
        Assert.Equal("mara", lines[3]["actingAs"]!.ToString());
        Assert.All(
            lines, line => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", line["time"]!.ToString()));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }
}
