using System.Collections.Immutable;
using Midwatch.Runbooks.Effects.Tools;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>The checks that look at one document alone.</summary>
internal static class CheckList
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<DocumentCheck> All(ToolLibrary tools) =>
    [
        new TextDamageCheck(tools),
        new UnknownWordCheck(),
        new RemovedWordCheck(),
        new RemovedApiCheck(),
        new NamespaceCheck(),
        new FixedNameCheck(),
        new WaitCheck(),
        new TerminalCheck(),
        new OutputCheck(),
        new BackgroundCheck(),
        new HttpCheck(),
        new ImageToolCheck(),
        new SecretCheck(),
        new DeletionCheck(),
        new RestoreCheck(),
        new UndoCheck(),
        new AutoscalerCheck(),
        new PhaseCheck(),
        new HoleCheck(),
        new CompletenessCheck(),
        new UnfinishedCheck(),
        new AnchorCheck(),
        new ThresholdCheck(),
        new AlertExpressionCheck(),
    ];
}
