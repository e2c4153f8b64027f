using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects.Managed;

/// <summary>Finds out which fields an object has, and which differ between two.</summary>
internal static class FieldSets
{
    // What an object of Go always has, even when nobody wrote it: not owned by whoever writes the first field in it.
    private static readonly FrozenSet<string> AlwaysThere = new[]
    {
        "metadata", "spec", "status", "template", "strategy", "updateStrategy", "jobTemplate", "containers",
        "loadBalancer", "nodeInfo", "daemonEndpoints", "kubeletEndpoint",
    }.ToFrozenSet();

    private static readonly string[] OfServer =
        ["f:name", "f:namespace", "f:creationTimestamp", "f:selfLink", "f:uid", "f:generation", "f:managedFields",
            "f:resourceVersion", "f:deletionTimestamp", "f:deletionGracePeriodSeconds"];

    /// <summary>The fields that a manifest speaks of.</summary>
    public static FieldTree Of(JsonNode? value, FieldShape shape)
    {
        if (value is JsonObject { Count: > 0 } map && !shape.IsAtomic)
        {
            var tree = new FieldTree();
            foreach (var (name, below) in map)
            {
                tree.Children["f:" + name] = Of(below, shape.Field(name));
            }

            return tree;
        }

        if (value is JsonArray { Count: > 0 } list && shape.IsKeyed)
        {
            var tree = new FieldTree();
            foreach (var item in list)
            {
                var below = shape.IsSet ? new FieldTree() : Of(item, shape.Item!);
                below.Self = true;
                tree.Children[shape.ItemName(item)] = below;
            }

            return tree;
        }

        return FieldTree.Leaf();
    }

    /// <summary>What was added or changed, and what is gone.</summary>
    public static (FieldTree Changed, FieldTree Removed) Compare(JsonNode? before, JsonNode? after, FieldShape shape)
    {
        if (before is null || after is null)
        {
            return (after is null ? new FieldTree() : All(after, shape, isFresh: false),
                before is null ? new FieldTree() : All(before, shape, isFresh: true));
        }

        var changed = new FieldTree();
        var removed = new FieldTree();
        if (before is JsonObject left && after is JsonObject right && !shape.IsAtomic)
        {
            foreach (var name in left.Select(one => one.Key).Union(right.Select(one => one.Key)))
            {
                Add(changed, removed, "f:" + name, Compare(left[name], right[name], shape.Field(name)));
            }
        }
        else if (before is JsonArray first && after is JsonArray second && shape.IsKeyed)
        {
            var old = ByName(first, shape);
            var fresh = ByName(second, shape);
            foreach (var name in old.Keys.Union(fresh.Keys))
            {
                var (was, now) = (old.GetValueOrDefault(name), fresh.GetValueOrDefault(name));
                var found = was is null || now is null
                    ? (Item(now, shape), Item(was, shape))
                    : shape.IsSet ? (new FieldTree(), new FieldTree()) : Compare(was, now, shape.Item!);
                Add(changed, removed, name, found);
            }
        }
        else if (!JsonNode.DeepEquals(before, after))
        {
            changed.Self = true;
        }

        return (changed, removed);
    }

    /// <summary>Takes out what is the server's own, and the part that this request does not write.</summary>
    /// <param name="hasStatus">The kind has a status subresource.</param>
    public static FieldTree Strip(FieldTree tree, bool hasStatus, bool isStatus)
    {
        var result = tree.Union(new FieldTree());
        _ = result.Children.Remove("f:apiVersion");
        _ = result.Children.Remove("f:kind");
        if (hasStatus)
        {
            _ = result.Children.Remove(isStatus ? "f:spec" : "f:status");
        }

        if (result.Children.TryGetValue("f:metadata", out var metadata))
        {
            metadata.Self = false;
            foreach (var name in OfServer)
            {
                _ = metadata.Children.Remove(name);
            }

            if (metadata.IsEmpty)
            {
                _ = result.Children.Remove("f:metadata");
            }
        }

        result.Self = false;
        return result;
    }

    private static Dictionary<string, JsonNode> ByName(JsonArray list, FieldShape shape)
    {
        var found = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var item in list)
        {
            if (item is not null)
            {
                _ = found.TryAdd(shape.ItemName(item), item);
            }
        }

        return found;
    }

    private static FieldTree Item(JsonNode? item, FieldShape shape)
    {
        if (item is null)
        {
            return new FieldTree();
        }

        var tree = shape.IsSet ? new FieldTree() : All(item, shape.Item!, isFresh: true);
        tree.Self = true;
        return tree;
    }

    private static FieldTree All(JsonNode? value, FieldShape shape, bool isFresh)
    {
        var isThere = !isFresh && shape.Parts is null && AlwaysThere.Contains(shape.Name);
        var tree = new FieldTree { Self = !isThere };
        if (value is JsonObject map && !shape.IsAtomic)
        {
            foreach (var (name, below) in map)
            {
                var part = All(below, shape.Field(name), isFresh || !isThere);
                if (!part.IsEmpty)
                {
                    tree.Children["f:" + name] = part;
                }
            }
        }
        else if (value is JsonArray list && shape.IsKeyed)
        {
            foreach (var item in list.OfType<JsonNode>())
            {
                tree.Children[shape.ItemName(item)] = Item(item, shape);
            }
        }

        tree.Self |= tree.IsLeaf && !(isThere && value is JsonObject { Count: 0 });
        return tree;
    }

    private static void Add(
        FieldTree changed, FieldTree removed, string name, (FieldTree Changed, FieldTree Removed) found)
    {
        if (!found.Changed.IsEmpty)
        {
            changed.Children[name] = found.Changed;
        }

        if (!found.Removed.IsEmpty)
        {
            removed.Children[name] = found.Removed;
        }
    }
}
