import { css } from "lit";

/** What all views of the panel share. */
export const common = css`
  :host {
    display: block;
    color: var(--primary-text-color);
    font-family: var(--ha-font-family-body, Roboto, sans-serif);
  }
  h2 {
    margin: 24px 0 8px;
    font-size: 1.1rem;
    font-weight: 500;
  }
  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr));
    gap: 12px;
  }
  .card {
    border-radius: var(--ha-card-border-radius, 12px);
    border: 1px solid var(--ha-card-border-color, var(--divider-color, #e0e0e0));
    background: var(--ha-card-background, var(--card-background-color, #fff));
    overflow: hidden;
  }
  .pad {
    padding: 16px;
  }
  .row {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 8px;
  }
  .quiet {
    color: var(--secondary-text-color);
    font-size: 0.9rem;
  }
  .empty {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 8px;
    padding: 48px 16px;
    text-align: center;
    color: var(--secondary-text-color);
    --mdc-icon-size: 48px;
  }
  .error {
    padding: 12px 16px;
    border-radius: 8px;
    color: var(--primary-text-color);
    border-inline-start: 4px solid var(--error-color, #db4437);
    background: var(--card-background-color, #fff);
  }
  button,
  select,
  input {
    font: inherit;
    min-height: 40px;
    padding: 0 14px;
    border-radius: 20px;
    border: 1px solid var(--divider-color, #ccc);
    color: var(--primary-text-color);
    background: var(--card-background-color, #fff);
    box-sizing: border-box;
  }
  button {
    cursor: pointer;
  }
  /* The browser's own arrow would touch the round border. */
  select {
    appearance: none;
    padding-inline-end: 34px;
    background-image:
      linear-gradient(45deg, transparent 50%, currentcolor 50%),
      linear-gradient(-45deg, transparent 50%, currentcolor 50%);
    background-size: 6px 6px;
    background-position:
      right 20px center,
      right 14px center;
    background-repeat: no-repeat;
  }
  select:dir(rtl) {
    background-position:
      left 14px center,
      left 20px center;
  }
  button:hover {
    border-color: var(--primary-color);
  }
  button.main {
    border-color: transparent;
    color: var(--text-primary-color, #fff);
    background: var(--primary-color);
  }
  button.icon {
    width: 40px;
    padding: 0;
    border-color: transparent;
    background: none;
    color: var(--secondary-text-color);
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  :focus-visible {
    outline: 2px solid var(--primary-color);
    outline-offset: 2px;
  }
  label {
    display: flex;
    flex-direction: column;
    gap: 4px;
    font-size: 0.9rem;
    color: var(--secondary-text-color);
  }
`;
