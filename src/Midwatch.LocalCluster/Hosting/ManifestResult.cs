namespace Midwatch.LocalCluster.Hosting;

/// <summary>What became of one object of a manifest.</summary>
public abstract record ManifestResult
{
    private ManifestResult(string subject) => Subject = subject;

    /// <summary>As "deployment.apps/web"; for a mistake in a file, the folder.</summary>
    public string Subject { get; }

    /// <summary>It was not there before.</summary>
    public sealed record Created : ManifestResult
    {
        internal Created(string subject)
            : base(subject)
        {
        }
    }

    /// <summary>It was there and differs now.</summary>
    public sealed record Configured : ManifestResult
    {
        internal Configured(string subject)
            : base(subject)
        {
        }
    }

    /// <summary>It was there, and is as it should be.</summary>
    public sealed record Unchanged : ManifestResult
    {
        internal Unchanged(string subject)
            : base(subject)
        {
        }
    }

    /// <summary>It was there and is gone.</summary>
    public sealed record Deleted : ManifestResult
    {
        internal Deleted(string subject)
            : base(subject)
        {
        }
    }

    /// <summary>It could not be applied, or not be deleted.</summary>
    public sealed record Failed : ManifestResult
    {
        internal Failed(string subject, string reason)
            : base(subject) => Reason = reason;

        /// <summary>A sentence that starts with file and line.</summary>
        public string Reason { get; }
    }
}
