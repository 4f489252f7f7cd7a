using Microsoft.Playwright;

namespace Credentials.Browser.Wallet;

/// <summary>What the learner's device does: locks, keeps, loses, moves.</summary>
[Collection(Learners.Name)]
public sealed class DeviceTests(LearnerWorld world)
{
    private const string Passphrase = "correct horse battery";

    [BrowserFact]
    public async Task Shows_app_and_cards_without_a_network()
    {
        await using Visit visit = await world.OpenAsync();
        IPage page = visit.Page;
        await world.TakeAsync(page);
        await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
        await visit.Context.SetOfflineAsync(true);
        await page.GotoAsync("/");
        await page.Locator("a.card").ClickAsync();

        await Assertions.Expect(page.Locator("main div.card")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Opens_only_with_the_passkey_once_it_is_locked_with_it()
    {
        await using Visit visit = await world.OpenAsync();
        IPage page = visit.Page;
        await AddAuthenticatorAsync(visit);
        await world.TakeAsync(page);
        await page.GotoAsync("/#/settings");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lock with a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByText("This wallet opens only with your passkey")).ToBeVisibleAsync();
        await page.GotoAsync("/");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Locked");
        await Assertions.Expect(page.Locator("a.card")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Unlock" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Settings" }).Or(page.Locator("a.card"))).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Says_honestly_that_the_lock_is_the_devices_where_there_is_no_passkey()
    {
        await using Visit visit = await world.OpenAsync();
        await visit.Page.GotoAsync("/#/settings");

        await Assertions.Expect(visit.Page.GetByText("the lock is the device's own.", new() { Exact = false }).First).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Lock with a passkey" })).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task Holds_keys_that_cannot_be_read_and_nothing_that_can()
    {
        await using Visit visit = await world.OpenAsync();
        await world.TakeAsync(visit.Page);
        string[] found = await visit.Page.EvaluateAsync<string[]>("""
            async () => {
              const database = await new Promise(done => { const open = indexedDB.open('wallet'); open.onsuccess = () => done(open.result); });
              const all = store => new Promise(done => { const rows = database.transaction(store).objectStore(store).getAll(); rows.onsuccess = () => done(rows.result); });
              const keys = await all('keys'), records = await all('records'), [lock] = await all('lock');
              const text = records.map(row => new TextDecoder().decode(row.data)).join('');
              return [String(keys.length >= 2), String(keys.some(row => row.privateKey.extractable)), String(lock.key.extractable), String(text.includes('degree_name') || text.includes('eyJ')), String(localStorage.length)];
            }
            """);

        Assert.Equal(["true", "false", "false", "false", "0"], found);
    }

    [BrowserFact]
    public async Task Moves_to_a_new_phone_where_a_new_offer_binds_the_diploma_again()
    {
        await using Visit old = await world.OpenAsync();
        await world.TakeAsync(old.Page);
        await old.Page.GotoAsync("/#/settings");
        await old.Page.Locator("#export input").FillAsync(Passphrase);
        IDownload file = await old.Page.RunAndWaitForDownloadAsync(() => old.Page.Locator("#export button").ClickAsync());
        await using Visit phone = await world.OpenAsync();
        IPage page = phone.Page;
        await page.GotoAsync("/#/settings");
        await Assertions.Expect(page.Locator("#move")).ToContainTextAsync("Keys do not travel.");
        await page.Locator("#import input[type=file]").SetInputFilesAsync(await file.PathAsync());
        await page.Locator("#import input[type=password]").FillAsync("wrong horse battery");
        await page.Locator("#import button").ClickAsync();
        await Assertions.Expect(page.Locator("#import").GetByRole(AriaRole.Alert)).ToContainTextAsync("The passphrase is not right");
        await page.Locator("#import input[type=password]").FillAsync(Passphrase);
        await page.Locator("#import button").ClickAsync();
        await Assertions.Expect(page.Locator("#import .good")).ToBeVisibleAsync();

        (string question, _) = await world.AskAsync(new() { ["query"] = "level", ["level"] = 6 });
        await page.GotoAsync(question);
        await Assertions.Expect(page.Locator(".notice")).ToContainTextAsync("its key did not");
        await world.TakeAsync(page);
        await Assertions.Expect(page.GetByText("Your diploma is bound to this device again.")).ToBeVisibleAsync();
        await page.GotoAsync("/#/");
        await Assertions.Expect(page.Locator("a.card")).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task Deletes_one_and_then_everything_and_asks_before()
    {
        await using Visit visit = await world.OpenAsync();
        IPage page = visit.Page;
        await world.TakeAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete it" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, delete it" }).ClickAsync();
        await Assertions.Expect(page.GetByText("No diploma here yet.")).ToBeVisibleAsync();
        await page.GotoAsync("/#/settings");
        await page.Locator("#wipe button").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Tick the box first.");
        await page.Locator("#understood").CheckAsync();
        await page.Locator("#wipe button").ClickAsync();

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Everything was deleted.");
    }

    [BrowserFact]
    public async Task Gives_the_plain_file()
    {
        await using Visit visit = await world.OpenAsync();
        await world.TakeAsync(visit.Page);
        IDownload file = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Download the file" }).ClickAsync());

        Assert.Contains("\"VerifiableCredential\"", await File.ReadAllTextAsync((await file.PathAsync())!), StringComparison.Ordinal);
    }

    private static async Task AddAuthenticatorAsync(Visit visit)
    {
        ICDPSession session = await visit.Context.NewCDPSessionAsync(visit.Page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["options"] = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["protocol"] = "ctap2",
                ["ctap2Version"] = "ctap2_1",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
                ["hasPrf"] = true,
            },
        });
    }
}
