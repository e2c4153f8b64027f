using System.Collections.Concurrent;

namespace Midwatch.LocalCluster.Kubelet.Images;

/// <summary>The images that a node has pulled already.</summary>
internal sealed class NodeImages(Func<IEnumerable<string>> directories, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Image> _present = new();
    private readonly ImageCatalog _catalog = new(directories, time);

    /// <summary>The image of that name, if it was pulled before.</summary>
    public Image? Find(string name) =>
        ImageReference.Parse(name) is { } reference ? _present.GetValueOrDefault(reference.ToString()) : null;

    /// <summary>Lets go of an image, as a node does that needs the room.</summary>
    public void Remove(string name)
    {
        if (ImageReference.Parse(name) is { } reference)
        {
            _ = _present.TryRemove(reference.ToString(), out _);
        }
    }

    /// <summary>Pulls, and keeps what came.</summary>
    public PullResult Pull(string asked, IEnumerable<RegistryCredentials> credentials)
    {
        var result = _catalog.Pull(asked, credentials);
        if (result is not PullResult.Pulled { Image: var image })
        {
            return result;
        }

        // Containers hold their image: two hundred of the same share one.
        var name = image.Reference.ToString();
        if (_present.TryGetValue(name, out var known) && known.Digest == image.Digest
            && known.Directory == image.Directory)
        {
            return new PullResult.Pulled(known);
        }

        _present[name] = image;
        return result;
    }
}
