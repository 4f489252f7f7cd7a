import { fill, h } from './dom.js';
import { t } from './words.js';

interface Detector { detect(source: CanvasImageSource): Promise<{ rawValue: string }[]> }

type DetectorClass = { new (options: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> };

/** Reads one picture; null when there is no code in it. */
type Reader = (video: HTMLVideoElement) => Promise<string | null>;

/** Opens the camera into that element and reports what it reads until it is closed. */
export async function openCamera(view: HTMLElement, found: (text: string) => void): Promise<() => void> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false });
  const video = h('video', { 'playsinline': true, 'muted': true, 'aria-label': t('add.video') });
  fill(view, video);
  video.srcObject = stream;
  await video.play();
  const read = await reader();
  let open = true;
  let last = '';
  const look = async (): Promise<void> => {
    const text = open ? await read(video).catch(() => null) : null;
    if (open && text && text !== last) {
      last = text;
      found(text);
    }
    if (open) {
      setTimeout(() => void look(), 200);
    }
  };
  void look();
  return () => {
    open = false;
    stream.getTracks().forEach(track => { track.stop(); });
    fill(view);
  };
}

// The browser's own reader where it has one; else ours, which is fetched only then.
async function reader(): Promise<Reader> {
  const native = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  if (native && (await native.getSupportedFormats()).includes('qr_code')) {
    const detector = new native({ formats: ['qr_code'] });
    return async video => (await detector.detect(video))[0]?.rawValue ?? null;
  }
  const { default: decode } = await import('jsqr');
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  return async video => {
    // A code that fills a third of the picture needs no more than this.
    const scale = Math.min(1, 800 / Math.max(video.videoWidth, video.videoHeight, 1));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    if (canvas.width === 0) {
      return null;
    }
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
    return decode(data, width, height, { inversionAttempts: 'attemptBoth' })?.data ?? null;
  };
}
