using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Tests.Objects;

/// <summary>The texts of objects: written before their version is known, and read without making a tree.</summary>
public sealed class StoredTextTests
{
    private static readonly ObjectKey Key = new("", "configmaps", "ns", "one");
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(300);

    private static readonly Gen<string> Names = Gen.Elements(
        "metadata", "resourceVersion", "uid", "spec", "labels", "\"resourceVersion\":\"\"", "ä<\\", "");

    [Fact]
    public void A_version_put_into_a_text_makes_the_text_of_the_whole() => Prop.ForAll(
        Bodies().ToArbitrary(), Gen.Choose(1, 2_000_000_000).ToArbitrary(), (json, revision) =>
        {
            var body = Parse(json);
            var text = UnversionedText.Of(body);
            var stored = text.At(revision, Key);

            ObjectMetadata.Of(body)["resourceVersion"] = revision.ToString(CultureInfo.InvariantCulture);
            Assert.Equal(Encoding.UTF8.GetString(FrozenObject.Write(body)), Encoding.UTF8.GetString(stored.Utf8.Span));
            Assert.True(text.Is(stored.Utf8.Span));
            Assert.True(text.Is(text.At(7, Key).Utf8.Span));

            body["changed"] = true;
            Assert.False(UnversionedText.Of(body).Is(stored.Utf8.Span));
        }).Check(Config);

    [Fact]
    public void A_field_of_the_text_is_the_field_of_the_tree() => Prop.ForAll(
        Bodies().ToArbitrary(), Names.ToArbitrary(), Names.ToArbitrary(), (json, outer, inner) =>
        {
            var body = Parse(json);
            var expected = (body[outer] as JsonObject)?[inner] is JsonValue value
                && value.TryGetValue<string>(out var text) ? text : null;
            Assert.Equal(expected, TextField.Read(FrozenObject.Write(body), outer, inner));
        }).Check(Config);

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    // As text, so that a test starts with what was read and not with what it has itself put together.
    private static Gen<string> Bodies() =>
        Values(3).Two().Two().Select(parts => new JsonObject
        {
            ["kind"] = "Pod",
            ["spec"] = parts.Item1.Item1,
            ["metadata"] = parts.Item1.Item2 as JsonObject ?? [],
            ["labels"] = parts.Item2.Item1,
            ["status"] = parts.Item2.Item2,
        }.ToJsonString());

    private static Gen<JsonNode?> Values(int depth)
    {
        var leaves = Gen.OneOf(
            Names.Select(text => (JsonNode?)text),
            Gen.Choose(-3, 3).Select(number => (JsonNode?)number),
            Gen.Constant<JsonNode?>(null));
        return depth == 0 ? leaves : Gen.OneOf(
            leaves,
            Values(depth - 1).ArrayOf().Select(items => (JsonNode?)new JsonArray([.. items.Take(3)])),
            Names.Zip(Values(depth - 1)).ArrayOf().Select(fields => (JsonNode?)new JsonObject(
                fields.Take(4).DistinctBy(field => field.Item1)
                    .Select(field => KeyValuePair.Create(field.Item1, field.Item2)))));
    }
}
