import { Camera, CameraOff, Image as Picture } from 'lucide-react';
import decodeQR from 'qr/decode.js';
import { useEffect, useRef, useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { words } from '../words';
import { Action } from './controls';

const LARGEST_SIDE = 1_600;
const FRAME_MILLIS = 200;

/** Reads a code from the camera, or from a picture that was chosen or pasted. */
export function ScanCode({ found }: { found: (content: string) => void }) {
  const [trouble, setTrouble] = useState<string | null>(null);
  const [stream, setStream] = useState<MediaStream | null>(null);

  async function look(picture: Blob) {
    const content = await codeIn(picture);
    setTrouble(content === null ? words.scan.nothing : null);
    if (content !== null) found(content);
  }

  async function start() {
    try {
      setTrouble(null);
      setStream(await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false }));
    } catch {
      setTrouble(words.scan.noCamera);
    }
  }

  useEffect(() => () => stream?.getTracks().forEach((track) => track.stop()), [stream]);

  useEffect(() => {
    function pasted(event: ClipboardEvent) {
      const picture = [...(event.clipboardData?.files ?? [])].find((file) => file.type.startsWith('image/'));
      if (picture === undefined) return;
      event.preventDefault();
      void look(picture);
    }
    document.addEventListener('paste', pasted);
    return () => document.removeEventListener('paste', pasted);
  });

  return (
    <div className="scan">
      {stream !== null && (
        <Viewfinder
          stream={stream}
          found={(content) => {
            setStream(null);
            found(content);
          }}
        />
      )}
      <div className="actions">
        {stream === null ? (
          <Action icon={Camera} onPress={() => void start()}>
            {words.scan.camera}
          </Action>
        ) : (
          <Action icon={CameraOff} onPress={() => setStream(null)}>
            {words.scan.stop}
          </Action>
        )}
        <FileTrigger
          acceptedFileTypes={['image/*']}
          onSelect={(files) => {
            const picture = files?.item(0);
            if (picture) void look(picture);
          }}
        >
          <Action icon={Picture}>{words.scan.picture}</Action>
        </FileTrigger>
      </div>
      <p className="small soft">{words.scan.paste}</p>
      {trouble !== null && (
        <p className="field-problem" role="alert">
          {trouble}
        </p>
      )}
    </div>
  );
}

function Viewfinder({ stream, found }: { stream: MediaStream; found: (content: string) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const tell = useRef(found);
  tell.current = found;

  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    element.srcObject = stream;
    void element.play().catch(() => {});
    const timer = setInterval(() => {
      if (element.videoWidth === 0) return;
      const content = codeOn(element, element.videoWidth, element.videoHeight);
      if (content !== null) tell.current(content);
    }, FRAME_MILLIS);
    return () => clearInterval(timer);
  }, [stream]);

  return (
    <figure className="viewfinder">
      <video ref={video} muted playsInline aria-label={words.scan.preview} />
      <figcaption className="small soft">{words.scan.looking}</figcaption>
    </figure>
  );
}

async function codeIn(picture: Blob): Promise<string | null> {
  try {
    const bitmap = await createImageBitmap(picture);
    return codeOn(bitmap, bitmap.width, bitmap.height);
  } catch {
    return null;
  }
}

function codeOn(source: CanvasImageSource, width: number, height: number): string | null {
  const scale = Math.min(1, LARGEST_SIDE / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  try {
    return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height));
  } catch {
    return null;
  }
}
