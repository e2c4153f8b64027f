using System.Collections.Immutable;
using System.Text;

namespace Midwatch.LocalCluster.Network;

/// <summary>One hosts file per namespace, as the short name of a service depends on who asks.</summary>
internal sealed class HostsFiles(string directory)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _written = [];
    private ImmutableArray<ServiceNames> _services = [];

    /// <summary>The file for programs of a namespace; made when it is not there yet.</summary>
    public string PathFor(string ns)
    {
        lock (_lock)
        {
            if (!_written.ContainsKey(ns))
            {
                _ = Directory.CreateDirectory(directory);
                WriteNeedsLock(ns);
            }

            return FileOf(ns);
        }
    }

    /// <summary>These are the services from now on.</summary>
    public void Update(ImmutableArray<ServiceNames> services)
    {
        lock (_lock)
        {
            _services = services;
            foreach (var ns in _written.Keys.ToList())
            {
                WriteNeedsLock(ns);
            }
        }
    }

    private string FileOf(string ns) => Path.Combine(directory, ns);

    private void WriteNeedsLock(string ns)
    {
        var text = new StringBuilder("127.0.0.1 localhost\n");
        foreach (var service in _services)
        {
            service.AppendTo(text, ns);
        }

        var content = text.ToString();
        if (_written.GetValueOrDefault(ns) == content)
        {
            return;
        }

        // libnss-wrapper reads again when the file it has open was unlinked; a time stamp of whole seconds would not
        // do.
        var next = FileOf(ns) + ".next";
        File.WriteAllText(next, content);
        File.Move(next, FileOf(ns), overwrite: true);
        _written[ns] = content;
    }
}

