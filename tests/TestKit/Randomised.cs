using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;

namespace Credentials.TestKit;

/// <summary>Properties over random values: a slice with a fixed seed in the gate, the full number with a fresh seed where <c>CREDENTIALS_SOAK=1</c>.</summary>
public static class Randomised
{
    private const ulong GateSeed = 20260630;

    private static readonly Lock ReportGate = new();

    /// <summary>Whether the full numbers are wanted.</summary>
    public static bool Soak { get; } = Environment.GetEnvironmentVariable("CREDENTIALS_SOAK") == "1";

    /// <summary>Checks that the property holds; a failure names its seed, with which <c>CREDENTIALS_SEED</c> repeats it.</summary>
    /// <param name="values">Where the values come from.</param>
    /// <param name="holds">True or no exception when it holds.</param>
    /// <param name="slice">How many values in the gate.</param>
    /// <param name="full">How many values in the soak.</param>
    /// <param name="property">The property's name in the soak's report: the test's own.</param>
    public static void ForAll<T>(Gen<T> values, Func<T, bool> holds, int slice = 300, int full = 100_000, [CallerMemberName] string property = "")
    {
        ulong seed = Seed();
        int count = Soak ? full : slice;
        Config config = Config.QuickThrowOnFailure
            .WithQuietOnSuccess(true)
            .WithMaxTest(count)
            .WithReplay(seed, GammaOf(seed));
        try
        {
            Check.One(config, Prop.ForAll(values.ToArbitrary(), holds));
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Does not hold for every value (CREDENTIALS_SEED={seed}): {e.Message}", e);
        }

        Held(count, seed, property);
    }

    /// <summary>For what is no property over single values: how many to try, and the seed of the <see cref="Dice"/>. <see cref="Held"/> afterwards.</summary>
    public static (int Count, ulong Seed) Draw(int slice, int full) => (Soak ? full : slice, Seed());

    /// <summary>Writes into the soak's report that so many held.</summary>
    public static void Held(int count, ulong seed, [CallerMemberName] string property = "") =>
        Report(string.Create(CultureInfo.InvariantCulture, $"soak: {property}: {count} values, seed {seed}"));

    // The test host keeps what passing tests print to itself; the soak reads a file.
    private static void Report(string line)
    {
        if (Soak && Environment.GetEnvironmentVariable("CREDENTIALS_SOAK_LOG") is { Length: > 0 } log)
        {
            lock (ReportGate)
            {
                File.AppendAllText(log, line + "\n");
            }
        }
    }

    private static ulong Seed() =>
        ulong.TryParse(Environment.GetEnvironmentVariable("CREDENTIALS_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out ulong given) ? given
        : Soak ? BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8))
        : GateSeed;

    // SplitMix's gamma is odd.
    private static ulong GammaOf(ulong seed) => (seed * 2) + 1;
}
