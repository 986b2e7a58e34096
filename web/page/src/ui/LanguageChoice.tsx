import { Label, Radio, RadioGroup } from 'react-aria-components';
import { chooseLanguage, chosenLanguage, LANGUAGES, words, type Language } from '../words';

const NONE = 'browser';

/** Each language by its own name, so that whoever strayed into another one finds back. */
export function LanguageChoice() {
  return (
    <RadioGroup
      className="choices"
      value={chosenLanguage() ?? NONE}
      onChange={(value) => chooseLanguage(value === NONE ? null : (value as Language))}
    >
      <Label>{words.say.language}</Label>
      <div className="choice-row">
        <Radio className="choice" value={NONE}>
          {words.say.browserLanguage}
        </Radio>
        {Object.entries(LANGUAGES).map(([language, name]) => (
          <Radio key={language} className="choice" value={language}>
            <span lang={language}>{name}</span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
