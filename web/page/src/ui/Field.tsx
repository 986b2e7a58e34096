import type { ReactNode, Ref } from 'react';
import { FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components';

interface FieldProps {
  label: string;
  help?: string;
  value: string;
  change: (value: string) => void;
  problem?: string | null;
  maxLength?: number;
  lines?: number;
  readOnly?: boolean;
  code?: boolean;
  autoFocus?: boolean;
  input?: Ref<HTMLInputElement & HTMLTextAreaElement>;
  children?: ReactNode;
}

/** A labelled field with a word of help and what is wrong with it. */
export function Field(field: FieldProps) {
  const shared = {
    className: field.code ? 'code' : '',
    dir: field.code ? 'ltr' : 'auto',
    autoComplete: 'off',
    spellCheck: false,
  };
  return (
    <TextField
      className="field"
      value={field.value}
      onChange={field.change}
      isInvalid={Boolean(field.problem)}
      isReadOnly={field.readOnly ?? false}
      autoFocus={field.autoFocus ?? false}
      {...(field.maxLength === undefined ? {} : { maxLength: field.maxLength })}
    >
      <Label>{field.label}</Label>
      {field.lines === undefined ? (
        <Input {...shared} ref={field.input as Ref<HTMLInputElement>} />
      ) : (
        <TextArea {...shared} rows={field.lines} ref={field.input as Ref<HTMLTextAreaElement>} />
      )}
      {field.help !== undefined && (
        <Text slot="description" className="small soft">
          {field.help}
        </Text>
      )}
      <FieldError className="field-problem">{field.problem}</FieldError>
    </TextField>
  );
}
