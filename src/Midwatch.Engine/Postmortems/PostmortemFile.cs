using System.Security.Cryptography;
using System.Text;
using Midwatch.Incidents;

namespace Midwatch.Engine.Postmortems;

/// <summary>Writes the post-mortem of an incident beside its evidence.</summary>
internal sealed class PostmortemFile(IncidentJournal journal, string dataDirectory)
{
    private const string Name = "postmortem.md";

    public async Task<(string Path, string Hash)> WriteAsync(IncidentId incident, CancellationToken cancellationToken)
    {
        var events = await journal.ReadAsync(incident, afterVersion: 0, cancellationToken);
        var text = Postmortem.Write(incident, events);
        var folder = Directory.CreateDirectory(IncidentFolder.Of(dataDirectory, incident)).FullName;
        var path = Path.Combine(folder, Name);

        // Readers see the old one or the new one, never a half.
        var draft = path + ".new";
        await File.WriteAllTextAsync(draft, text, cancellationToken);
        File.Move(draft, path, overwrite: true);
        return (path, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }
}
