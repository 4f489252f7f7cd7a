using Credentials.Anchoring;
using Credentials.IssuerApi.Tests.Anchoring.Lab;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace Credentials.IssuerApi.Tests.Anchoring;

/// <summary>Many short lives in a row, each with its own mishaps: whatever their order, the law holds once they are over.</summary>
public sealed class RandomFaultTests(ITestOutputHelper output)
{
    private const ulong Seed = 20260701;

    /// <summary>One thing that happens.</summary>
    public enum Happening
    {
        Issue,
        IssueElsewhere,
        Revoke,
        Seal,
        Send,
        Follow,
        Round,
        Mine,
        DropPool,
        Reorganise,
        ReorganiseFinal,
        Unplug,
        Plug,
        FeesRise,
        FeesFall,
        Restart,
        DieSoon,
    }

    [Fact]
    public void Ends_with_every_digest_under_one_root_whatever_happens()
    {
        bool soak = Environment.GetEnvironmentVariable("CREDENTIALS_SOAK") == "1";
        int lives = soak ? 2000 : 60;
        Gen<Happening[]> life = Gen.Elements(Enum.GetValues<Happening>()).ArrayOf(30);
        Prop.ForAll(life.ToArbitrary(), happenings => RunAsync(happenings).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(lives).WithReplay(Seed, Seed));
        output.WriteLine($"soak: {lives} random lives of 30 mishaps each (seed {Seed}): every digest under one root, no nonce skipped or used twice");
    }

    private static async Task<bool> RunAsync(Happening[] life)
    {
        using AnchoringLab lab = await AnchoringLab.CreateAsync();
        InstitutionId coimbra = await lab.CreateInstitutionAsync("coimbra");
        await lab.CreateInstitutionAsync("fudan");
        for (int moment = 0; moment < life.Length; moment++)
        {
            await HappenAsync(lab, life[moment], coimbra, moment);
        }

        lab.Chain.Unplugged = false;
        lab.Recorder.BaseFee = 0;
        lab.Start();
        await lab.SettleAsync();
        await AnchoringLaw.AssertAsync(lab);
        return true;
    }

    private static Task HappenAsync(AnchoringLab lab, Happening happening, InstitutionId coimbra, int moment)
    {
        switch (happening)
        {
            case Happening.Issue: return lab.IssueAsync("coimbra", 1 + (moment % 4));
            case Happening.IssueElsewhere: return lab.IssueAsync("fudan", 2);
            case Happening.Revoke: return lab.RevokeAsync("coimbra", coimbra, RegistryHandle.Create());
            case Happening.Seal: return lab.StepAsync(process => process.SealAsync());
            case Happening.Send: return lab.StepAsync(process => process.SendAsync());
            case Happening.Follow: return lab.StepAsync(process => process.FollowAsync());
            case Happening.Round: return lab.RoundAsync();
            case Happening.Mine: lab.MineOne(); break;
            case Happening.DropPool: lab.Chain.DropPool(); break;
            case Happening.Reorganise: return lab.ReorganiseAsync(2, returnToPool: moment % 2 == 0);
            case Happening.ReorganiseFinal: return lab.ReorganiseAsync(6, returnToPool: false);
            case Happening.Unplug: lab.Chain.Unplugged = true; break;
            case Happening.Plug: lab.Chain.Unplugged = false; break;
            case Happening.FeesRise: lab.Recorder.BaseFee = 100_000_000_000; break;
            case Happening.FeesFall: lab.Recorder.BaseFee = 0; break;
            case Happening.Restart: lab.Start(); break;
            case Happening.DieSoon: lab.Start(new CrashPoint(1 + (moment % 13), (CrashMoment)(moment % 3))); break;
        }

        return Task.CompletedTask;
    }
}
