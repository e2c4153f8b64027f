using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Iris.Storage;

namespace Reference.Tests.Iris;

public sealed class SharedKeyTests
{
    private static readonly SharedKey Key = SharedKey.Parse("myaccount", Convert.ToBase64String("a key"u8));

    private static readonly SignedRequest Listing = new(
        "GET", "/mycontainer",
        ImmutableDictionary<string, string>.Empty
            .Add("restype", "container").Add("comp", "metadata").Add("timeout", "20"),
        SignedRequest.NoHeaders
            .Add("X-Ms-Version", "2015-02-21").Add("x-ms-date", "Fri, 26 Jun 2015 23:39:12 GMT").Add("Accept", "*/*"));

    [Fact]
    public void What_is_signed_is_what_Azure_documents()
    {
        const string Documented = "GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Fri, 26 Jun 2015 23:39:12 GMT\n"
            + "x-ms-version:2015-02-21\n/myaccount/mycontainer\ncomp:metadata\nrestype:container\ntimeout:20";
        var signature = HMACSHA256.HashData("a key"u8, Encoding.UTF8.GetBytes(Documented));
        Assert.Equal($"SharedKey myaccount:{Convert.ToBase64String(signature)}", Key.Authorization(Listing));
    }

    [Fact]
    public void A_request_that_was_changed_on_the_way_was_not_signed()
    {
        var signature = Key.Authorization(Listing);
        Assert.True(Key.Made(signature, Listing));
        Assert.False(Key.Made(signature, Listing with { Method = "DELETE" }));
        Assert.False(Key.Made(signature, Listing with { Path = "/other" }));
        Assert.False(Key.Made(signature, Listing with { Query = Listing.Query.SetItem("timeout", "30") }));
        Assert.False(Key.Made(signature, Listing with { Headers = Listing.Headers.SetItem("x-ms-date", "now") }));
        Assert.False(Key.Made(null, Listing));
    }

    [Fact]
    public void A_key_that_is_none_is_told_without_showing_it()
    {
        var failure = Assert.Throws<FormatException>(() => SharedKey.Parse("myaccount", "not base 64!"));
        Assert.DoesNotContain("base 64!", failure.Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => SharedKey.Parse("", Convert.ToBase64String("a key"u8)));
    }
}
