import '@fontsource-variable/inter';
import './style/tokens.css';
import './style/page.css';

import { StrictMode } from 'react';
import { UNSAFE_PortalProvider as PortalProvider } from 'react-aria/PortalProvider';
import { I18nProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { messenger } from './model/messenger';
import { followHistory } from './model/places';
import { applyTheme } from './model/theme';
import { App } from './ui/App';
import { Unbroken } from './ui/Unbroken';
import { overlayPlace } from './ui/Shell';
import { direction, language, loadWords, locale } from './words';

/** The one-time code leaves the address bar before anything else happens. */
const code = /^#open=(.+)$/.exec(location.hash)?.[1] ?? null;
followHistory();

document.documentElement.lang = language;
document.documentElement.dir = direction;
applyTheme();
void messenger.run(code);

function show(): void {
  const root = document.getElementById('root');
  if (root === null) return;
  createRoot(root).render(
    <StrictMode>
      <I18nProvider locale={locale}>
        <PortalProvider getContainer={overlayPlace}>
          <Unbroken>
            <App />
          </Unbroken>
        </PortalProvider>
      </I18nProvider>
    </StrictMode>,
  );
}

void loadWords().catch(() => {}).then(show);
