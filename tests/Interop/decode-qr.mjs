// Prints the text of the QR code in a PNG, read by a decoder that knows nothing of the one who drew it.
import { readFileSync } from 'node:fs'
import jsQR from 'jsqr'
import { PNG } from 'pngjs'

const image = PNG.sync.read(readFileSync(process.argv[2]))
const code = jsQR(new Uint8ClampedArray(image.data), image.width, image.height)
if (!code) {
  console.error('no QR code found')
  process.exit(1)
}
console.log(code.data)
