using System.Text;
using Microsoft.AspNetCore.Http;
using Midwatch.LocalCluster.Api.Access;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Api.Discovery;
using Midwatch.LocalCluster.Api.Metrics;
using Midwatch.LocalCluster.Api.Pods;
using Midwatch.LocalCluster.Api.Proxy;
using Midwatch.LocalCluster.Api.Requests;
using Midwatch.LocalCluster.Api.Resources;
using Midwatch.LocalCluster.Objects.Custom;
using Midwatch.LocalCluster.Objects.Kinds;

namespace Midwatch.LocalCluster.Api;

/// <summary>Takes every request from authentication through access rules to the handler that answers it.</summary>
internal sealed class RequestRouter : IDisposable
{
    // Where the audit log finds who asked.
    private const string Asking = "midwatch.user";
    private const string Impersonated = "midwatch.acting-as";
    private const string FlowUid = "7f3c2a64-52ad-4b3c-9d3e-0b5a4c6f1d20";

    private readonly ApiServerOptions _options;
    private readonly Authenticator _authenticator;
    private readonly CancellationToken _stopping;
    private readonly RoleAuthorizer _authorizer;
    private readonly KindRegistry _kinds;
    private DiscoveryDocuments _discovery;
    private readonly ResourceHandler _resources;
    private readonly PodHandler _pods;
    private readonly ProxyHandler _proxy;
    private readonly MetricsHandler _metrics;
    private readonly ReviewHandler _reviews;
    private readonly RequestTimes _times = new();

    public RequestRouter(ApiServerOptions options, Authenticator authenticator, CancellationToken stopping)
    {
        _options = options;
        _authenticator = authenticator;
        _stopping = stopping;
        _authorizer = new RoleAuthorizer(options.Store);
        _kinds = new KindRegistry(options.Store);
        _discovery = new DiscoveryDocuments(_kinds.All, options.HasMetrics);
        _resources = new ResourceHandler(options);
        _pods = new PodHandler(options);
        _proxy = new ProxyHandler(options);
        _metrics = new MetricsHandler(options);
        _reviews = new ReviewHandler(options, _authorizer);
    }

    /// <inheritdoc/>
    public void Dispose() => _proxy.Dispose();

    public async Task HandleAsync(HttpContext http)
    {
        var began = _options.Time.GetTimestamp();
        http.Response.Headers.CacheControl = "no-cache, private";
        http.Response.Headers["Audit-Id"] = Guid.CreateVersion7(_options.Time.GetUtcNow()).ToString();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _stopping);
        var form = AnswerForm.Negotiate(http.Request);
        ApiAnswer answer;
        try
        {
            answer = await AnswerAsync(http, form, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The client went away, or the cluster is stopping: nobody is left to answer.
            http.Abort();
            return;
        }
        catch (IOException) when (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        await AnswerWriter.WriteAsync(http, answer, form?.IsYaml == true);
        if (answer is not ApiAnswer.Streamed)
        {
            Count(http, _options.Time.GetElapsedTime(began));
        }

        if (AuditLog.Concerns(http.Request))
        {
            _options.Audit?.Write(
                http, http.Items[Asking] as UserIdentity, http.Items[Impersonated] as UserIdentity);
        }
    }

    // Only what there is: whoever asks for a thousand paths that do not exist shall not fill the table.
    private void Count(HttpContext http, TimeSpan took)
    {
        if (ResourceRequest.Parse(http.Request.Path.Value ?? "/") is { } asked
            && _kinds.Find(asked.Group, asked.Version, asked.Resource) is { } kind
            && (asked.Subresource.Length == 0 || kind.Has(asked.Subresource)))
        {
            _times.Add(asked.Verb(http.Request.Method, isWatch: false), asked, http.Response.StatusCode, took);
        }
    }

    private async Task<ApiAnswer> AnswerAsync(HttpContext http, AnswerForm? form, CancellationToken stop)
    {
        if (await _authenticator.IdentifyAsync(http) is not { } user)
        {
            return ApiAnswer.Refuse(ApiStatus.Unauthorized());
        }

        http.Items[Asking] = user;
        if (Impersonation.Of(http.Request) is { } other)
        {
            if (Impersonation.Forbidden(user, other, _authorizer) is { } refusal)
            {
                return ApiAnswer.Refuse(refusal);
            }

            user = other;
            http.Items[Impersonated] = other;
        }

        var path = http.Request.Path.Value ?? "/";
        if (Extension(http, user, path) is { } extra)
        {
            return extra;
        }

        var target = ResourceRequest.Parse(path);
        TellOfFlow(http, target);
        if (target is null || target.Resource.Length == 0)
        {
            return AnswerPath(http, user, path, form);
        }

        var isWatch = http.Request.Query["watch"].ToString() is "1" or "true";
        var verb = target.Verb(http.Request.Method, isWatch);
        if (Forbidden(user, target, verb) is { } forbidden)
        {
            return ApiAnswer.Refuse(forbidden);
        }

        Warn(http, target, _kinds.Find(target.Group, target.Version, target.Resource));
        if (_metrics.TryAnswer(http, target, out var metrics))
        {
            return metrics;
        }

        if (ReviewHandler.Serves(target))
        {
            return await _reviews.AnswerAsync(http, user, target, stop);
        }

        if (!_kinds.Serves(target.Group))
        {
            return NoSuchPath();
        }

        if (_kinds.Find(target.Group, target.Version, target.Resource) is not { } kind
            || (kind.IsNamespaced && target.Namespace is null && target.Name.Length > 0)
            || (!kind.IsNamespaced && target.Namespace is not null && kind.Plural != "namespaces"))
        {
            return ApiAnswer.Refuse(ApiStatus.NoSuchResource());
        }

        return await DispatchAsync(new ApiCall(http, user, target, kind, form ?? AnswerForm.Plain, stop), form is null);
    }

    private static void TellOfFlow(HttpContext http, ResourceRequest? target)
    {
        if (target?.Subresource is not ("log" or "exec" or "attach" or "portforward" or "proxy"))
        {
            // Priority and fairness says which of its settings let the request through; there is one of each here.
            http.Response.Headers["X-Kubernetes-Pf-Flowschema-Uid"] = FlowUid;
            http.Response.Headers["X-Kubernetes-Pf-Prioritylevel-Uid"] = FlowUid;
        }
    }

    private static void Warn(HttpContext http, ResourceRequest target, KindDefinition? kind)
    {
        if (kind?.Custom is { Warning: { Length: > 0 } warning })
        {
            http.Response.Headers.Append("Warning", $"299 - \"{warning}\"");
        }

        if (target is { Group: "", Resource: "componentstatuses" })
        {
            http.Response.Headers.Append("Warning", "299 - \"v1 ComponentStatus is deprecated in v1.19+\"");
        }

        if (target is { Group: "", Resource: "endpoints" })
        {
            http.Response.Headers.Append(
                "Warning", "299 - \"v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\"");
        }
    }

    private async Task<ApiAnswer> DispatchAsync(ApiCall call, bool isUnacceptable)
    {
        var subresource = call.Target.Subresource;
        if (subresource.Length > 0 && !call.Kind.Has(subresource))
        {
            return ApiAnswer.Refuse(ApiStatus.NoSuchResource());
        }

        if (!call.Kind.Verbs.IsEmpty && !call.Kind.Verbs.Contains(
            call.Target.Verb(call.Http.Request.Method, call.IsWatch)))
        {
            return ApiAnswer.Refuse(ApiStatus.MethodNotAllowed());
        }

        if (subresource == "proxy")
        {
            return await _proxy.AnswerAsync(call);
        }

        if (PodHandler.Serves(call))
        {
            return await _pods.AnswerAsync(call);
        }

        return isUnacceptable ? ApiAnswer.Refuse(ApiStatus.NotAcceptable()) : await _resources.AnswerAsync(call);
    }

    private ApiAnswer? Extension(HttpContext http, UserIdentity user, string path) =>
        user.Groups.Contains(UserIdentity.Masters)
            ? _options.Extensions.Select(each => each.Answer(http.Request.Method, path))
                .FirstOrDefault(answer => answer is not null)
            : null;

    private ApiAnswer AnswerPath(HttpContext http, UserIdentity user, string path, AnswerForm? form)
    {
        var verb = KindName.Lower(http.Request.Method);
        if (!_authorizer.MayDo(user, new AccessQuestion.ToPath(verb, path)))
        {
            return ApiAnswer.Refuse(new ApiStatus(
                403, "Forbidden", $"forbidden: User \"{user.Name}\" cannot {verb} path \"{path}\"", []));
        }

        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            return ApiAnswer.Refuse(ApiStatus.MethodNotAllowed());
        }

        if (path == "/metrics")
        {
            return new ApiAnswer.Text(Encoding.UTF8.GetBytes(_times.Tell()), "text/plain; version=0.0.4");
        }

        return Discovery().Answer(http.Request, path, form ?? AnswerForm.Plain) ?? NoSuchPath();
    }

    // Made anew when a definition came or went.
    private DiscoveryDocuments Discovery()
    {
        var (known, now) = (_discovery, _kinds.All);
        return known.Kinds == now ? known : _discovery = new DiscoveryDocuments(now, _options.HasMetrics);
    }

    private ApiStatus? Forbidden(UserIdentity user, ResourceRequest target, string verb)
    {
        // A namespace is itself in its namespace, as far as access rules go.
        var ns = target.Namespace
            ?? (target is { Group: "", Resource: "namespaces", Name.Length: > 0 } ? target.Name : null);
        var resource = target.Subresource.Length == 0 ? target.Resource : $"{target.Resource}/{target.Subresource}";
        if (_authorizer.MayDo(user, new AccessQuestion.ToResource(verb, target.Group, resource, ns, target.Name)))
        {
            return null;
        }

        var scope = ns is null ? "at the cluster scope" : $"in the namespace \"{ns}\"";
        var about = target.Group.Length == 0 ? target.Resource : $"{target.Resource}.{target.Group}";
        var named = target.Name.Length == 0 ? about : $"{about} \"{target.Name}\"";
        return new ApiStatus(
            403,
            "Forbidden",
            $"{named} is forbidden: User \"{user.Name}\" cannot {verb} resource \"{resource}\" "
                + $"in API group \"{target.Group}\" {scope}",
            ApiStatus.About(target.Group, target.Resource, target.Name));
    }

    private static ApiAnswer.Text NoSuchPath() =>
        new("404 page not found\n"u8.ToArray(), "text/plain; charset=utf-8", 404);
}
