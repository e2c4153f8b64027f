using System.Collections.Immutable;
using System.Net;

namespace Midwatch.LocalCluster.Hosting;

/// <summary>
/// Takes back what <see cref="ManifestApplier"/> applied, in reverse order, and waits until it is gone.
/// </summary>
public sealed class ManifestRemover : IDisposable
{
    private static readonly TimeSpan GoneLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly AdminConnection _api;
    private readonly ResourceNames _names;
    private readonly TimeProvider _time;

    /// <param name="kubeconfigPath">The administrator's kubeconfig of a local cluster.</param>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="FormatException">It is not a kubeconfig of a local cluster.</exception>
    public ManifestRemover(string kubeconfigPath, TimeProvider time)
    {
        _api = AdminConnection.Open(kubeconfigPath);
        _names = new ResourceNames(_api);
        _time = time;
    }

    /// <summary>
    /// Deletes every object of the files. What lies in a namespace of the files goes with it and is not told apart.
    /// </summary>
    /// <param name="path">A folder, or one file.</param>
    /// <param name="values">What <c>${NAME}</c> in the files stands for.</param>
    /// <returns>One result per object that was there, or one per mistake.</returns>
    public async Task<ImmutableArray<ManifestResult>> DeleteAsync(
        string path, IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken)
    {
        var folder = ManifestFolder.Read(path, values);
        if (!folder.Errors.IsEmpty)
        {
            return [.. folder.Errors.Select(error => new ManifestResult.Failed(path, error))];
        }

        var spaces = folder.Documents.Where(document => document.Kind == "Namespace")
            .Select(document => document.Name).ToImmutableHashSet();
        var results = ImmutableArray.CreateBuilder<ManifestResult>();
        var leaving = new List<(string Path, string Subject)>();
        foreach (var document in folder.Documents.Reverse())
        {
            if (document.Namespace is { } space && spaces.Contains(space))
            {
                continue;
            }

            if (await DeleteAsync(document, leaving, cancellationToken) is { } result)
            {
                results.Add(result);
            }
        }

        foreach (var (where, subject) in leaving)
        {
            results.Add(await GoneAsync(where, subject, cancellationToken));
        }

        return results.ToImmutable();
    }

    /// <inheritdoc/>
    public void Dispose() => _api.Dispose();

    private async Task<ManifestResult?> DeleteAsync(
        ManifestDocument document, List<(string Path, string Subject)> leaving, CancellationToken cancellationToken)
    {
        if (await _names.FindAsync(document.ApiVersion, document.Kind, cancellationToken) is not { } resource)
        {
            // A custom resource whose definition is gone already: nothing of it can be left.
            return null;
        }

        var subject = $"{resource.Title}/{document.Name}";
        var path = $"{resource.Collection(document.Namespace ?? "default")}/{Uri.EscapeDataString(document.Name)}";
        var answer = await _api.SendAsync(HttpMethod.Delete, path, body: null, MediaTypes.Json, cancellationToken);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return null;
        }

        if (!answer.IsSuccess)
        {
            return new ManifestResult.Failed(subject, $"{document.Place}: {subject}: {answer.Message}");
        }

        leaving.Add((path, subject));
        return null;
    }

    private async Task<ManifestResult> GoneAsync(string path, string subject, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LookEvery, _time);
        var began = _time.GetTimestamp();
        while ((await _api.GetAsync(path, cancellationToken)).Status != HttpStatusCode.NotFound)
        {
            if (_time.GetElapsedTime(began) > GoneLimit)
            {
                return new ManifestResult.Failed(subject,
                    $"{subject} is still there after {GoneLimit.TotalSeconds:0} s: look with kubectl get -o yaml.");
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }

        return new ManifestResult.Deleted(subject);
    }
}
