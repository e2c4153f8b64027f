using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Api.Resources;

/// <summary>Lists at a version: one that is no longer known, and one that is not there yet.</summary>
internal static class AskedVersion
{
    private const string TokenTooOld =
        "The provided continue parameter is too old to display a consistent list result. You can start a new list "
        + "without the continue parameter, or use the continue token in this response to retrieve the remainder of "
        + "the results. Continuing with the provided token results in an inconsistent list - objects that were "
        + "created, modified, or deleted between the time the first chunk was returned and now may show up in the "
        + "list.";

    /// <summary>Null when the list can be answered.</summary>
    public static ApiStatus? Refusal(ApiCall call, ObjectStore store, ContinueToken? start)
    {
        if (start is { Revision: >= 0 } && store.HasForgotten(start.Revision))
        {
            return ApiStatus.Expired(TokenTooOld) with
            {
                Metadata = new JsonObject { ["continue"] = start.Inconsistent.Encode() },
            };
        }

        var version = call.Query("resourceVersion");
        if (!long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) || asked == 0)
        {
            return null;
        }

        var present = store.Revision;
        return asked > present ? ApiStatus.VersionTooLarge(asked, present)
            : call.Query("resourceVersionMatch") == "Exact" && store.HasForgotten(asked)
                ? ApiStatus.Expired("The resourceVersion for the provided list is too old.") : null;
    }
}
