using System.Globalization;

namespace Midwatch.Shell.Tests.Oracle;

/// <summary>What a run over many blocks gave.</summary>
internal sealed class OracleReport
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ComparisonKind, int> _kinds = [];
    private readonly Dictionary<string, int> _constructs = [];
    private readonly Dictionary<string, int> _regrouped = [];
    private readonly List<string> _unexplained = [];

    /// <summary>Gets how many blocks were read.</summary>
    public int Blocks { get; private set; }

    /// <summary>Gets what nobody meant, a text each.</summary>
    public IReadOnlyList<string> Unexplained => _unexplained;

    /// <summary>Gets the share of blocks of each deliberate difference that was met.</summary>
    public IReadOnlyDictionary<string, double> Shares =>
        _constructs.ToDictionary(entry => entry.Key, entry => (double)entry.Value / Blocks);

    public void Add(string origin, Comparison comparison)
    {
        var reason = comparison.Kind is ComparisonKind.Alike or ComparisonKind.BothRefuse ? null
            : DeliberateDifference.All.FirstOrDefault(difference => difference.Explains(comparison));
        lock (_lock)
        {
            Blocks++;
            _kinds[comparison.Kind] = _kinds.GetValueOrDefault(comparison.Kind) + 1;
            foreach (var id in comparison.Regrouped)
            {
                _regrouped[id] = _regrouped.GetValueOrDefault(id) + 1;
            }

            if (reason is not null)
            {
                _constructs[reason.Id] = _constructs.GetValueOrDefault(reason.Id) + 1;
            }
            else if (comparison.Kind is not (ComparisonKind.Alike or ComparisonKind.BothRefuse))
            {
                _unexplained.Add($"{origin} {comparison.Describe()}");
            }
        }
    }

    /// <summary>The figures, a line each, then what nobody meant.</summary>
    public string Describe() => string.Join('\n',
    [
        string.Create(CultureInfo.InvariantCulture, $"{Blocks} blocks"),
        .. _kinds.OrderBy(entry => entry.Key).Select(entry => $"{entry.Key}: {entry.Value}"),
        .. Shares.OrderByDescending(entry => entry.Value).Select(entry => string.Create(
            CultureInfo.InvariantCulture,
            $"{entry.Key}: {_constructs[entry.Key]} ({100 * entry.Value:F3} %)")),
        .. _regrouped.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => $"Alike once grouped as bash groups: {entry.Key} {entry.Value}"),
        .. _unexplained,
    ]);
}
