using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Api;
using Midwatch.LocalCluster.Api.Access;
using Midwatch.LocalCluster.Api.Pki;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Tests.Api;

/// <summary>A running API server over a store of its own, with nodes that are not there.</summary>
internal sealed class RunningApi : IAsyncDisposable
{
    private readonly ClusterAuthority _authority;
    private readonly ApiServer _server;

    private RunningApi(
        ClusterAuthority authority, ApiServer server, ObjectStore store, FakeNode node, BearerTokens tokens)
    {
        _authority = authority;
        _server = server;
        Store = store;
        Node = node;
        Tokens = tokens;
        Folder = Directory.CreateTempSubdirectory("midwatch-api-").FullName;
        AdminToken = tokens.Issue(new UserIdentity("admin", [UserIdentity.Masters]));
        var certificate = authority.IssueClient("root", [UserIdentity.Masters]);
        Kubeconfig = Write("admin", $"    token: {AdminToken}");
        CertificateKubeconfig = Write(
            "certificate",
            $"    client-certificate-data: {Base64(certificate.CertificatePem)}\n    client-key-data: {Base64(certificate.KeyPem)}");
        Client = Connect(AdminToken);
    }

    public ObjectStore Store { get; }

    public FakeNode Node { get; }

    public BearerTokens Tokens { get; }

    public string Folder { get; }

    public string AdminToken { get; }

    public string Kubeconfig { get; }

    public string CertificateKubeconfig { get; }

    public HttpClient Client { get; }

    private AuditLog? Audit { get; init; }

    /// <param name="audit">The file that gets a line for each request that changes something; null for none.</param>
    public static async Task<RunningApi> StartAsync(string? audit = null)
    {
        var store = new ObjectStore(TimeProvider.System);
        foreach (var name in (string[])["default", "kube-system", "kube-public"])
        {
            _ = store.Create(new ObjectKey("", "namespaces", null, name), Json(
                $$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{name}}"},"spec":{"finalizers":["kubernetes"]},"status":{"phase":"Active"} }"""));
        }

        _ = store.Create(new ObjectKey("", "nodes", null, "node-1"), Json(
            """
            {"apiVersion":"v1","kind":"Node","metadata":{"name":"node-1"},"spec":{},"status":{
             "capacity":{"cpu":"2","memory":"4Gi"},"allocatable":{"cpu":"2","memory":"4Gi"},
             "addresses":[{"type":"InternalIP","address":"127.0.0.1"}],
             "conditions":[{"type":"Ready","status":"True"}],"nodeInfo":{"kubeletVersion":"v1.33.0"}}}
            """));
        var authority = ClusterAuthority.Create(TimeProvider.System);
        var tokens = new BearerTokens();
        var node = new FakeNode();
        var options = new ApiServerOptions(store, 0, authority, tokens, node, TimeProvider.System, [])
        {
            Audit = audit is null ? null : new AuditLog(audit, TimeProvider.System),
        };
        var server = await ApiServer.StartAsync(options, TestContext.Current.CancellationToken);
        return new RunningApi(authority, server, store, node, tokens) { Audit = options.Audit };
    }

    public static JsonObject Json(string text) => (JsonObject)JsonNode.Parse(text)!;

    /// <summary>A client that trusts the cluster and shows this token.</summary>
    public HttpClient Connect(string? token)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            certificate is System.Security.Cryptography.X509Certificates.X509Certificate2 shown
                && _authority.HasSigned(shown);
        var client = new HttpClient(handler) { BaseAddress = _server.Address };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return client;
    }

    /// <summary>Sends a request and gives back the code and the JSON.</summary>
    public async Task<(int Code, JsonObject Body)> SendAsync(
        string method, string path, string? body = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        }

        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text) as JsonObject ?? [] : []);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        Audit?.Dispose();
        _authority.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private string Write(string name, string user)
    {
        var path = Path.Combine(Folder, name + ".kubeconfig");
        File.WriteAllText(
            path,
            $"""
            apiVersion: v1
            kind: Config
            clusters:
            - name: c
              cluster:
                server: {_server.Address.ToString().TrimEnd('/')}
                certificate-authority-data: {Base64(_authority.CertificatePem)}
            contexts:
            - name: c
              context:
                cluster: c
                user: u
            current-context: c
            users:
            - name: u
              user:
            {user}
            """);
        return path;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
