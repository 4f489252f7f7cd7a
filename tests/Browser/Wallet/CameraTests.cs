using Microsoft.Playwright;

namespace Credentials.Browser.Wallet;

/// <summary>The camera, by a film of one picture: the issuer's own QR code held before it.</summary>
[Collection(Learners.Name)]
public sealed class CameraTests(LearnerWorld world)
{
    // 640 by 480, the code in the middle; what comes back is one byte of light for each point.
    private const string Draw = """
        async svg => {
          const image = new Image();
          image.src = 'data:image/svg+xml;base64,' + btoa(svg);
          await image.decode();
          const canvas = document.createElement('canvas');
          canvas.width = 640; canvas.height = 480;
          const context = canvas.getContext('2d');
          context.fillStyle = '#fff'; context.fillRect(0, 0, 640, 480);
          context.drawImage(image, 90, 10, 460, 460);
          const { data } = context.getImageData(0, 0, 640, 480);
          let text = '';
          for (let at = 0; at < data.length; at += 4) { text += String.fromCharCode(data[at]); }
          return btoa(text);
        }
        """;

    [BrowserFact]
    public async Task Scans_an_offer()
    {
        string film = Path.Combine(Path.GetTempPath(), $"offer-{Guid.NewGuid():N}.y4m");
        await using (Visit studio = await world.OpenAsync())
        {
            await FilmAsync(studio.Page, await world.OfferQrAsync(), film);
        }

        try
        {
            await using IBrowser browser = await world.LaunchAsync("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", $"--use-file-for-fake-video-capture={film}");
            await using Visit visit = await world.OpenAsync(browser: browser);
            await visit.Context.GrantPermissionsAsync(["camera"]);
            await visit.Page.GotoAsync("/#/add");
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Use the camera" }).ClickAsync();

            await Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync("A diploma for you", new() { Timeout = 60_000 });
            await Assertions.Expect(visit.Page.Locator("video")).ToHaveCountAsync(0);
        }
        finally
        {
            File.Delete(film);
        }
    }

    [BrowserFact]
    public async Task Takes_a_pasted_link_where_there_is_no_camera_and_refuses_what_is_neither_offer_nor_question()
    {
        await using Visit visit = await world.OpenAsync();
        IPage page = visit.Page;
        await page.GotoAsync("/#/add");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use the camera" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The camera cannot be used here.")).ToBeVisibleAsync();
        await page.GetByLabel("Or paste the link or text").FillAsync("https://example.org/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This is neither an offer nor a question.");
        await page.GetByLabel("Or paste the link or text").FillAsync((await world.OfferAsync()).Link);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("A diploma for you");
    }

    private static async Task FilmAsync(IPage page, string svg, string file)
    {
        // A blank page: the wallet's own allows no script that a test brings.
        byte[] light = Convert.FromBase64String(await page.EvaluateAsync<string>(Draw, svg));
        byte[] colourless = new byte[640 * 480 / 2];
        Array.Fill(colourless, (byte)128);
        await using FileStream stream = File.Create(file);
        stream.Write("YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n"u8);
        for (int frame = 0; frame < 2; frame++)
        {
            stream.Write("FRAME\n"u8);
            stream.Write(light);
            stream.Write(colourless);
        }
    }
}
