using System.Runtime.InteropServices;

namespace Midwatch.LocalCluster.Objects;

/// <summary>
/// All objects of one kind in the order of a list, which is etcd's: by namespace, then by name, byte by byte. Guarded
/// by the store's lock.
/// </summary>
/// <remarks>A sorted array: a list is a copy of a part of it, and an insertion moves eight bytes an object.</remarks>
internal sealed class KindObjects
{
    private readonly List<StoredObject> _items = [];

    public StoredObject? Find(ObjectKey key) =>
        Search(key.Namespace ?? "", key.Name) is >= 0 and var index ? _items[index] : null;

    /// <summary>Adds an object, or puts it in place of its version before.</summary>
    public void Put(StoredObject item)
    {
        var index = Search(item.Key.Namespace ?? "", item.Key.Name);
        if (index >= 0)
        {
            _items[index] = item;
        }
        else
        {
            _items.Insert(~index, item);
        }
    }

    public void Remove(ObjectKey key)
    {
        if (Search(key.Namespace ?? "", key.Name) is >= 0 and var index)
        {
            _items.RemoveAt(index);
        }
    }

    /// <summary>The objects of a namespace; of all for null. Good until the next write.</summary>
    public ReadOnlySpan<StoredObject> In(string? ns)
    {
        var all = CollectionsMarshal.AsSpan(_items);
        if (ns is null)
        {
            return all;
        }

        // No name is empty, and no namespace has a zero in it.
        var (first, end) = (~Search(ns, ""), ~Search(ns + '\0', ""));
        return ns.Length == 0 ? [] : all[first..end];
    }

    // The complement of where it would be when it is not there.
    private int Search(string ns, string name)
    {
        var (low, high) = (0, _items.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var key = _items[middle].Key;
            var order = string.CompareOrdinal(key.Namespace ?? "", ns);
            order = order != 0 ? order : string.CompareOrdinal(key.Name, name);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }
}
