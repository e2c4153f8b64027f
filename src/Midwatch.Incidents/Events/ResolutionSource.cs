namespace Midwatch.Incidents.Events;

/// <summary>How an alert's source resolved it. Expiry, silence and absence are none of these.</summary>
public enum ResolutionSource
{
    /// <summary>The source said so.</summary>
    Pushed,

    /// <summary>Its expression was asked and answered false over series that exist.</summary>
    Asked,
}
