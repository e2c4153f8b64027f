namespace PyAirtable.Chaos;

/// <summary>Whether all is well: every address answers, and as many pods are Ready as there were.</summary>
internal sealed class SteadyState(Experiment experiment, Target target, HttpClient http)
{
    /// <returns>What is not well; null when all is.</returns>
    public async Task<string?> LookAsync(int pods, CancellationToken cancellationToken)
    {
        foreach (var address in experiment.Steady)
        {
            if (await AskAsync(address, cancellationToken) is { } problem)
            {
                return problem;
            }
        }

        var ready = (await target.PodsAsync(cancellationToken)).Count(pod => pod.Ready);
        return ready < pods ? $"{ready} of {pods} pods are Ready" : null;
    }

    private async Task<string?> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(address, cancellationToken);
            return response.IsSuccessStatusCode ? null : $"{address} answers {(int)response.StatusCode}";
        }
        catch (Exception failure) when (failure is HttpRequestException
            || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return $"{address}: {failure.Message}";
        }
    }
}
