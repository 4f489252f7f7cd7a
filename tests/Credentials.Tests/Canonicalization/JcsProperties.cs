using System.Text.Json;
using Credentials.Canonicalization;
using Credentials.Encoding;
using Credentials.TestKit;
using FsCheck.Fluent;

namespace Credentials.Tests.Canonicalization;

/// <summary>What holds of the canonical form of any JSON value.</summary>
public class JcsProperties
{
    [Fact]
    public void Agrees_with_the_slow_second_opinion() => Randomised.ForAll(
        JsonText.Values,
        value => Canonical(value.Write(1)) == SlowJcs.Write(Parse(value.Write(1))));

    [Fact]
    public void Is_the_same_for_every_order_spacing_and_escaping_of_one_value() => Randomised.ForAll(
        JsonText.Values.Zip(Gen.Choose(0, 1 << 30)).Zip(Gen.Choose(0, 1 << 30)),
        pair => Canonical(pair.Item1.Item1.Write(pair.Item1.Item2)) == Canonical(pair.Item1.Item1.Write(pair.Item2)));

    [Fact]
    public void Is_its_own_canonical_form() => Randomised.ForAll(
        JsonText.Values,
        value => Canonical(value.Write(7)) is var once && Canonical(once) == once);

    [Fact]
    public void Means_what_the_text_meant() => Randomised.ForAll(
        JsonText.Values,
        value => SlowJcs.Write(Parse(Canonical(value.Write(3)))) == SlowJcs.Write(Parse(value.Write(3))));

    [Fact]
    public void Leaves_out_the_named_member_and_nothing_else() => Randomised.ForAll(
        JsonText.Objects,
        value =>
        {
            JsonElement element = Parse(value.Write(5));
            string? name = value.Members.Count == 0 ? "proof" : value.Members[^1].Name;
            var output = new System.Buffers.ArrayBufferWriter<byte>();
            Jcs.Write(output, element, name);
            return System.Text.Encoding.UTF8.GetString(output.WrittenSpan) == SlowJcs.Write(element, name);
        });

    [Fact]
    public void Tells_different_numbers_apart() => Randomised.ForAll(
        ArbMap.Default.GeneratorFor<long>().Select(BitConverter.Int64BitsToDouble).Where(double.IsFinite),
        number =>
        {
            string text = Canonical(number.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
            return text == SlowJcs.Write(number) && double.Parse(text, System.Globalization.CultureInfo.InvariantCulture) == number;
        },
        slice: 3000,
        full: 1_000_000);

    private static JsonElement Parse(string text) => StrictJson.Parse(System.Text.Encoding.UTF8.GetBytes(text)).Require().RootElement;

    private static string Canonical(string text) => System.Text.Encoding.UTF8.GetString(Jcs.Canonicalize(Parse(text)));
}
